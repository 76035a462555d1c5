import { getFieldDisplayName, type DataFrame } from '@grafana/data';
import { events } from '../testdata/shop';
import { QUERY_VERSION, type EventsQuery } from '../types';
import { eventsFrame } from './events';

const context = { refId: 'A', datasourceUid: 'vitals', datasourceName: 'Redis Vitals' };
const query: EventsQuery = { refId: 'A', version: QUERY_VERSION, queryType: 'events' };
const frame = eventsFrame(query, events, context);

/** What Grafana's annotations read: fields by their display names in small letters. */
function annotationOf({ fields }: DataFrame, kind: string) {
  const row = events.events.findLastIndex((event) => event.kind === kind);
  const byName = new Map(fields.map((field) => [getFieldDisplayName(field, frame).toLowerCase(), field]));
  const names = ['time', 'timeEnd', 'title', 'text', 'tags', 'id', 'newState', 'color'];
  return Object.fromEntries(names.map((name) => [name, byName.get(name.toLowerCase())!.values[row]]));
}

describe('eventsFrame', () => {
  it('is a table whose other fields are hidden', () => {
    const shown = frame.fields.filter(({ config }) => config.custom?.hideFrom?.viz !== true);
    expect(shown.map((field) => getFieldDisplayName(field, frame))).toEqual([
      'Time',
      'Instance',
      'Event',
      'Severity',
      'Text',
      'Lasted',
    ]);
    expect(frame.meta).toEqual({ preferredVisualisationType: 'table', executedQueryString: 'events', notices: [] });
    expect(frame.length).toBe(events.events.length);
  });

  it('is made of annotations: what lasted is a region', () => {
    const event = events.events.findLast(({ kind }) => kind === 'link_restored')!;
    expect(annotationOf(frame, 'link_restored')).toEqual({
      time: event.startMs,
      timeEnd: event.timeMs,
      title: 'shop-replica-2: Link restored',
      text: event.text,
      tags: ['shop-replica-2', 'link_restored', 'info'],
      id: `vitals/${event.id}`,
      newState: 'ok',
      color: 'green',
    });
  });

  it('is made of annotations: what did not last is a moment', () => {
    const { timeMs } = events.events.findLast(({ kind }) => kind === 'failover')!;
    expect(annotationOf(frame, 'failover')).toMatchObject({ time: timeMs, timeEnd: null, color: 'orange' });
  });

  it.each([
    ['config_changed', 'blue', null],
    ['restart', 'orange', 'pending'],
    ['target_down', 'red', 'alerting'],
    ['target_up', 'green', 'ok'],
  ])('gives %s a colour', (kind, color, newState) => {
    expect(annotationOf(frame, kind)).toMatchObject({ color, newState });
  });

  it('links instances to their dashboards', () => {
    const [links] = eventsFrame(query, events, { ...context, instanceDashboardUid: 'one' })
      .fields.filter(({ name }) => name === 'instance')
      .map(({ config }) => config.links);
    expect(links).toHaveLength(1);
  });
});
