import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastValueFrom } from 'rxjs';
import { type DataFrame, type DataQueryRequest, type DataQueryResponse, dateTime } from '@grafana/data';
import { MAY_BE_EMPTY } from '../../dashboards/source/may-be-empty';
import type { VitalsDataSource } from '../datasource';
import { newDataSource, requestOf } from '../testing/datasource';
import { fakeTemplates } from '../testing/fake-templates';
import { liveBackend } from '../testing/live-backend';
import type { VitalsQuery } from '../types';

/** Every query of every dashboard, by the plugin's own code, to the collector of a demo that runs. */

const ROOT = join(__dirname, '../..');
const DASHBOARDS = join(ROOT, 'dashboards');

interface SavedPanel {
  readonly title: string;
  readonly panels?: readonly SavedPanel[];
  readonly targets?: readonly VitalsQuery[];
}

interface Saved {
  readonly panels: readonly SavedPanel[];
  readonly annotations: { readonly list: ReadonlyArray<{ readonly target?: VitalsQuery }> };
  readonly templating: {
    readonly list: ReadonlyArray<{ readonly name: string; readonly type: string; readonly query: VitalsQuery }>;
  };
}

const dashboards = readdirSync(DASHBOARDS)
  .filter((name) => name.endsWith('.json'))
  // Safe: files.test.ts beside the definitions holds them to their shape.
  .map((name) => ({ name, saved: JSON.parse(readFileSync(join(DASHBOARDS, name), 'utf8')) as Saved }));

let demo: ChildProcess;
let source: VitalsDataSource;

beforeAll(async () => {
  const args = [join(ROOT, 'dist/server/demo/main.js'), '--listen', '127.0.0.1:0', '--hours', '1'];
  demo = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  liveBackend(await addressOf(demo));
  fakeTemplates({ instance: { value: ['$__all'], multi: true }, command: { value: ['$__all'], multi: true } });
  source = newDataSource();
}, 90_000);

afterAll(async () => {
  const ended = new Promise((resolve) => demo.once('exit', resolve));
  demo.kill('SIGINT');
  await ended;
}, 30_000);

/** Of the collector, as the demo says it once all is ready. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (text: Buffer) => {
      output += text.toString();
      const [, url] = /Open +(http:\S+)\/\n/.exec(output) ?? [];
      if (url !== undefined) {
        resolve(url);
      }
    });
    child.once('exit', () => reject(new Error(`the demo ended before it was ready:\n${output}`)));
  });
}

function flat(panels: readonly SavedPanel[]): readonly SavedPanel[] {
  return panels.flatMap((panel) => (panel.panels && panel.panels.length > 0 ? flat(panel.panels) : [panel]));
}

function lastHour(): Partial<DataQueryRequest<VitalsQuery>> {
  const nowMs = Date.now();
  const range = { from: dateTime(nowMs - 3_600_000), to: dateTime(nowMs), raw: { from: 'now-1h', to: 'now' } };
  return { range, maxDataPoints: 300, intervalMs: 12_000 };
}

async function ask(queries: readonly VitalsQuery[]): Promise<DataQueryResponse> {
  return lastValueFrom(source.query(requestOf([...queries], lastHour())));
}

function hasData(frames: readonly DataFrame[]): boolean {
  return frames.some(({ fields }) =>
    fields.some(({ type, values }) => type !== 'time' && values.some((value) => value !== null && value !== ''))
  );
}

describe.each(dashboards)('$name', ({ name, saved }) => {
  const panels = flat(saved.panels).filter(({ targets = [] }) => targets.length > 0);

  it.each(panels)('$title has data', async ({ title, targets = [] }) => {
    const { data, errors = [] } = await ask(targets);
    expect(errors).toEqual([]);
    const empty = targets
      .map(({ refId }) => ({ refId, frames: (data as DataFrame[]).filter((frame) => frame.refId === refId) }))
      .filter(({ frames }) => !hasData(frames))
      .map(({ refId }) => `${name} ${title} ${refId}`);
    expect(empty.filter((one) => MAY_BE_EMPTY[one] === undefined)).toEqual([]);
  });

  it('has events to draw on its graphs', async () => {
    const targets = saved.annotations.list.flatMap(({ target }) => target ?? []);
    expect(targets).toHaveLength(1);
    const { data, errors = [] } = await ask(targets);
    expect(errors).toEqual([]);
    expect(hasData(data as DataFrame[])).toBe(true);
  });

  const variables = saved.templating.list.filter(({ type }) => type === 'query');
  it.each(variables)('its variable $name has values', async ({ query }) => {
    const request = requestOf([query], lastHour()) as never;
    const { data } = await lastValueFrom(source.variables.query(request));
    expect(data.length).toBeGreaterThan(0);
  });
});

it('excuses only queries that there are', () => {
  const asked = dashboards.flatMap(({ name, saved }) =>
    flat(saved.panels).flatMap(({ title, targets = [] }) => targets.map(({ refId }) => `${name} ${title} ${refId}`))
  );
  expect(Object.keys(MAY_BE_EMPTY).filter((one) => !asked.includes(one))).toEqual([]);
});
