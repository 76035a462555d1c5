import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogAnswer } from '../../server/api/contract';
import type { MakePart } from '../lib/part';
import { ROOT } from '../lib/project';
import { step } from '../lib/step';
import { madeAnswer, type Size } from './answers';
import { measureFrames } from './measure';
import { loadMetricsFrames } from './plugin-code';

const FULL = { size: { queries: 10, series: 200, points: 1000 }, rounds: 11 };
const QUICK = { size: { queries: 2, series: 20, points: 100 }, rounds: 3 };

/** Recorded by the plugin's tests: as large as that of real servers. */
const CATALOG = 'src/testdata/shop/catalog.json';

const INTRO = `
How long Grafana's data source takes from the collector's answer to data frames, and what panels do with them before they draw.
`;

const method = ({ queries, series, points }: Size, rounds: number, bytes: number): string[] => [
  `One answer to ${queries} queries of ${series} series of ${points} points each, made up: bytes, counts, rates, ratios and CPU time, with as many
  digits as the collector gives, one value in fifty missing. As JSON it has ${(bytes / 1e6).toPrecision(2)} MB.`,
  `In plain Node.js, whose JavaScript engine is that of most browsers; \`@grafana/data\` is the published package, the frames'
  code that of the plugin. Nothing is drawn, nothing comes over a network, and there is no page around it.`,
  `${rounds} rounds in one process, with its garbage collected before each of them; the first, in which the engine has not compiled anything
  yet, has a row of its own and is left out of the others.`,
];

/** The plugin's frames. */
export const framesPart: MakePart = ({ watch }, { isQuick }) => {
  const { size, rounds } = isQuick ? QUICK : FULL;
  const made = madeAnswer(size);
  // Safe: the collector answered so.
  const catalog = JSON.parse(readFileSync(join(ROOT, CATALOG), 'utf8')) as CatalogAnswer;
  return {
    title: 'Benchmarks of the data frames',
    intro: INTRO,
    method: method(size, rounds, made.json.length),
    tools: [['@grafana/data', versionOfGrafanaData()]],
    measure: () =>
      step('frames', () => measureFrames({ ...made, catalog, rounds, watch, metricsFrames: loadMetricsFrames() })),
  };
};

function versionOfGrafanaData(): string {
  // Safe: it is a package's own package.json.
  const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules/@grafana/data/package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}
