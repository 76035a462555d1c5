import { FieldType, type DataFrame, type Field, type FieldConfig } from '@grafana/data';
import type { EventAnswer, EventKind, EventsAnswer, EventSeverity } from '../../server/api/contract';
import type { EventsQuery } from '../types';
import { coloredWords, HIDDEN, TIME_CELL, type ColorName } from './cells';
import type { FrameContext } from './context';
import { dashboardLinks, exploreLink } from './links';
import { metaOf } from './meta';

/** Kinds that tell of an end: green, however severe what ended was. */
const GOOD_NEWS: ReadonlySet<EventKind> = new Set(['target_up', 'link_restored', 'save_recovered', 'aof_recovered']);

const COLORS: Readonly<Record<EventSeverity, ColorName>> = { info: 'blue', warning: 'orange', critical: 'red' };

/**
 * Grafana gives all annotations of a query the one colour chosen for it, but for those with a state of an alert: red,
 * yellow and green. Without the id of an alert nothing else comes of it. `info` keeps the colour that was chosen.
 */
const STATES: Readonly<Record<EventSeverity, string | null>> = { info: null, warning: 'pending', critical: 'alerting' };

/**
 * Events for a table and for annotations, which read fields by the names `time`, `timeEnd`, `title`, `text`, `tags`, `id`,
 * `newState` and `color`, whichever case; what a table does not need is hidden there. What lasted is a region from its
 * beginning.
 */
export function eventsFrame(query: EventsQuery, answer: EventsAnswer, context: FrameContext): DataFrame {
  const { events, notices } = answer;
  const column = <T>(
    name: string,
    type: FieldType,
    read: (event: EventAnswer) => T,
    config: FieldConfig = {}
  ): Field => ({
    name,
    type,
    config: { ...config },
    values: events.map(read),
  });
  const links = dashboardLinks(context, '__value.raw');
  return {
    refId: context.refId,
    meta: metaOf(query, notices, { preferredVisualisationType: 'table' }),
    fields: [
      column('time', FieldType.time, ({ startMs, timeMs }) => startMs ?? timeMs, {
        ...TIME_CELL,
        displayNameFromDS: 'Time',
        links: [exploreLink(context)],
      }),
      column('timeEnd', FieldType.time, ({ startMs, timeMs }) => (startMs === undefined ? null : timeMs), HIDDEN),
      column('instance', FieldType.string, ({ target }) => target, {
        displayNameFromDS: 'Instance',
        filterable: true,
        custom: { filterable: true },
        ...(links.length > 0 && { links }),
      }),
      column('event', FieldType.string, ({ kind }) => eventTitle(kind), {
        displayNameFromDS: 'Event',
        custom: { filterable: true },
      }),
      column('severity', FieldType.string, ({ severity }) => severity, {
        displayNameFromDS: 'Severity',
        ...coloredWords(COLORS),
      }),
      column('text', FieldType.string, ({ text }) => text, { displayNameFromDS: 'Text' }),
      column('lasted', FieldType.number, ({ startMs, timeMs }) => (startMs === undefined ? null : timeMs - startMs), {
        displayNameFromDS: 'Lasted',
        unit: 'ms',
      }),
      column('title', FieldType.string, ({ target, kind }) => `${target}: ${eventTitle(kind)}`, HIDDEN),
      column('tags', FieldType.other, ({ target, kind, severity }) => [target, kind, severity], HIDDEN),
      // Grafana shows one of the annotations with the same id, whichever data sources they are of.
      column('id', FieldType.string, ({ id }) => `${context.datasourceUid}/${id}`, HIDDEN),
      column('newState', FieldType.string, stateOf, HIDDEN),
      column('color', FieldType.string, colorOf, HIDDEN),
    ],
    length: events.length,
  };
}

function colorOf({ kind, severity }: EventAnswer): ColorName {
  return GOOD_NEWS.has(kind) ? 'green' : COLORS[severity];
}

function stateOf({ kind, severity }: EventAnswer): string | null {
  return GOOD_NEWS.has(kind) ? 'ok' : STATES[severity];
}

/** `Link lost` of `link_lost`. */
function eventTitle(kind: EventKind): string {
  const words = kind.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
