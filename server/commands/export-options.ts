import { parseTime } from '../api/time';
import { asItIs, type Option, optionRows, helpTable, readArguments } from '../config/arguments';
import { COMMON_OPTIONS } from '../config/options';
import type { Parsed } from '../config/parsed';
import type { ConfigProblem } from '../errors';
import { FORMATS, type FormatName } from './format';
import type { Selection } from './walk';

const FORMAT_NAMES = Object.keys(FORMATS) as FormatName[]; // the keys of a constant object are those it is written with

export const EXPORT_OPTIONS: readonly Option[] = [
  {
    name: 'from',
    value: 'TIME',
    help: 'time of the first sample',
    default: 'the oldest there is',
    example: 'now-6h',
  },
  {
    name: 'to',
    value: 'TIME',
    help: 'time of the last sample',
    default: 'the newest there is',
    example: '2026-01-31T18:00:00Z',
  },
  { name: 'format', value: 'FORMAT', help: FORMAT_NAMES.join(' or '), default: 'csv', example: 'openmetrics' },
  {
    name: 'target',
    value: 'NAME',
    repeatable: true,
    help: 'only this target; may be given several times',
    default: 'all',
    example: 'cache-1',
  },
  {
    name: 'field',
    value: 'METRIC',
    repeatable: true,
    help: 'only this metric; may be given several times',
    default: 'all',
    example: 'redis_memory_used_bytes',
  },
  {
    name: 'output',
    value: 'FILE',
    help: 'file to write; it is replaced',
    default: '-, standard output',
    example: 'history.csv',
  },
  {
    ...COMMON_OPTIONS.data,
    help: 'directory of the history',
    default: `history.directory of --config, or ${COMMON_OPTIONS.data.default}`,
  },
  { ...COMMON_OPTIONS.config, help: 'YAML file of which only history.directory counts' },
  COMMON_OPTIONS.help,
];

export interface ExportOptions extends Selection {
  readonly help: boolean;
  readonly format: FormatName;
  /** Absent: standard output. */
  readonly outputFile: string | undefined;
  readonly dataDirectory: string | undefined;
  readonly configFile: string | undefined;
  readonly problems: readonly ConfigProblem[];
}

export function parseExportOptions(argv: readonly string[], nowMs: number): ExportOptions {
  const { isGiven, take, takeAll, positionals, problems } = readArguments(argv, EXPORT_OPTIONS);
  const time = (text: string): Parsed<number> => {
    const value = parseTime(text, nowMs);
    return value === undefined
      ? { problem: 'is no time: write for example now-6h, 2026-01-31T18:00:00Z or Unix milliseconds' }
      : { value };
  };
  const [fromMs, toMs] = [take('from', time), take('to', time)];
  if (fromMs !== undefined && toMs !== undefined && fromMs > toMs) {
    problems.push({ path: '--from', message: 'is later than --to: exchange them' });
  }
  const outputFile = take('output', asItIs);
  const options = {
    help: isGiven('help'),
    fromMs,
    toMs,
    format: take('format', formatName) ?? 'csv',
    targets: takeAll('target', asItIs),
    families: takeAll('field', asItIs),
    outputFile: outputFile === '-' ? undefined : outputFile,
    dataDirectory: take('data', asItIs),
    configFile: take('config', asItIs),
  };
  positionals.forEach((_, index) =>
    problems.push({ path: `argument ${index + 1}`, message: 'is no option: see redis-vitals export --help' })
  );
  return { ...options, problems };
}

function formatName(text: string): Parsed<FormatName> {
  const value = FORMAT_NAMES.find((name) => name === text);
  return value === undefined ? { problem: `must be ${FORMAT_NAMES.join(' or ')}` } : { value };
}

export function exportHelp(): string {
  return `Usage: redis-vitals export [options]

Writes the history, or a part of it, as text; also while a collector adds to it. The samples of each
series stand together, in the order of time.

${helpTable(optionRows(EXPORT_OPTIONS))}

A TIME is now, now-6h, an ISO 8601 date or time (2026-01-31T18:00:00Z), or Unix milliseconds. A METRIC is a
name of docs/metrics.md, for example redis_commands_processed_total.
`;
}
