import type { Collector } from './collectors/collector';
import { commandKey, type Command } from './model/command';
import type { FamilyDescriptor, Source } from './model/family';
import type { ServerFacts } from './model/server-facts';
import type { OwnFamily } from './telemetry/own-families';

const INTRODUCTION = `# Metrics

<!-- Written by \`npm run docs\` from the descriptors in server/collectors/; changes here are lost. -->

Every family a target can have, by collector. A collector is switched off by its name in \`collectors\` of the
configuration. A family is there when the server gives the field or command it comes from; versions are named where not
all have it. Names and types of the families that redis_exporter has, too, are its own.

A family of type \`info\` is a gauge of constant 1 in Prometheus text; its labels carry what there is to know. A label with
a question mark is left out where it is empty. With several targets every series carries \`instance\` and the labels of the
target.
`;

const ABOUT_POLLS = `## About the polls

What Redis Vitals says of its polls of a target, next to what the target says.
`;

const ABOUT_PROCESS = `## About the process

What Redis Vitals says of itself: on \`/metrics\`, and those that start with \`redis_exporter_\` and \`redis_target_\` on
\`/scrape\`, too.
`;

/** The newest servers of their kinds: what they are asked is what the document lists. */
const SERVERS: readonly ServerFacts[] = (
  [
    ['redis', 'standalone'],
    ['redis', 'cluster'],
    ['redis', 'sentinel'],
    ['valkey', 'standalone'],
  ] as const
).map(([flavour, mode]) => ({
  flavour,
  mode,
  version: [9, 9, 0],
  redisVersion: [9, 9, 0],
  role: '',
  runId: '',
  startTimeSeconds: 0,
  sentinelMasters: mode === 'sentinel' ? ['<master>'] : [],
}));

/** docs/metrics.md: each collector with what it asks and gives, then what is said of polls and of our own process. */
export function metricsDocument(
  collectors: readonly Collector[],
  pollFamilies: readonly FamilyDescriptor[],
  processFamilies: readonly OwnFamily[]
): string {
  return [
    INTRODUCTION,
    ...collectors.map(collectorSection),
    ABOUT_POLLS,
    table(
      ['Name', 'Type', 'Labels', 'Unit', 'Meaning'],
      pollFamilies.map((family) => familyCells(family).slice(0, 5))
    ),
    ABOUT_PROCESS,
    table(
      ['Name', 'Type', 'Labels', 'Meaning'],
      processFamilies.map(({ name, type, labelNames, help }) => [code(name), type, codes(labelNames), help])
    ),
  ].join('\n');
}

function collectorSection(collector: Collector): string {
  const families = [...collector.families, ...(collector.dynamicFamilies ?? [])];
  const heads = ['Name', 'Type', 'Labels', 'Unit', 'Meaning', 'Source'];
  return `## ${collector.name}\n\n${collector.help}\n\nAsks: ${asked(collector)}.\n\n${table(heads, families.map(familyCells))}`;
}

/** INFO is there for all and asked once. */
function asked(collector: Collector): string {
  const commands = SERVERS.filter((facts) => collector.applies?.(facts) ?? true).flatMap((facts) =>
    collector.commands(facts)
  );
  return [...new Set(['`INFO`', ...commands.map(commandText)])].join(', ');
}

function commandText(command: Command): string {
  const text = code(commandKey(command));
  return command.refreshMs === undefined ? text : `${text} (every ${command.refreshMs / 1000} s at most)`;
}

function familyCells(family: FamilyDescriptor): readonly string[] {
  const { name, type, unit, help, source } = family;
  return [code(name), type, codes(shownLabels(family)), unit === 'none' ? '' : unit, help, sourceText(source)];
}

function shownLabels({ type, labelNames, optionalLabelNames = [] }: FamilyDescriptor): readonly string[] {
  const own = labelNames.map((name) => (optionalLabelNames.includes(name) ? `${name}?` : name));
  return type === 'histogram' ? [...own, 'le'] : type === 'summary' ? [...own, 'quantile'] : own;
}

function sourceText({ command, section, field }: Source): string {
  return code([command, section, field].filter((word) => word !== undefined).join(' '));
}

function codes(words: readonly string[]): string {
  return words.map(code).join(', ');
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heads, heads.map(() => '---'), ...rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')))];
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
