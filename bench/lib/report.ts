import { evaluate, type Goal, type Measurement, type Unit } from './measurement';
import type { Section } from './section';
import { spreadOf, type Spread } from './statistics';

interface Report {
  /** ISO date. */
  readonly date: string;
  readonly setup: readonly (readonly [string, string])[];
  /** As in `LoadWatch`. */
  readonly otherShares: readonly number[];
  readonly rounds: number;
  readonly seconds: number;
  readonly sections: readonly Section[];
}

const HEADER = '| | Redis Vitals | redis_exporter | ratio | spread | goal | |\n|---|--:|--:|--:|--:|---|---|\n';

/** The document, as Markdown whose tables are not aligned yet. */
export function renderReport(report: Report): string {
  const { median, max } = spreadOf(report.otherShares);
  return `# Benchmarks

Written by \`npm run bench\`; do not edit. Redis Vitals beside Debian's redis_exporter, both with their defaults except where it is
said.

## How it is measured

- Real servers on one machine: Redis with traffic behind it (four databases, sixty commands used, slow log, latency events,
  errors; a replica where there is one target), both exporters up at once on it, and the client.
- The sides take turns, A B A B, ${report.rounds} rounds of ${report.seconds} s each; the first is left out. A *ratio* is that of one round,
  ours divided by its; tables give the median of the ratios and, as spread, the least and the greatest. Numbers of one side
  are medians, with the least and the greatest where all of them are judged.
- CPU time is that of all threads of the measured process alone, from the scheduler's own counts
  (\`/proc/<pid>/task/*/schedstat\`); the client's is not in it.
- Load comes from \`wrk\`, and where requests are paced from a Node.js client. *gzip*: with \`Accept-Encoding: gzip\`, as
  Prometheus asks.
- Other processes had ${percent(median)} of the machine's CPU time during the rounds (median; at most ${percent(max)}).

| | |
|---|---|
| date | ${report.date} |
${report.setup.map((row) => `| ${row.join(' | ')} |`).join('\n')}

\`npm run bench\` does it all again and writes this file; \`npm run bench -- --check\` fails when a goal is missed, and
\`npm run bench -- --quick\` only shows that it works.

${report.sections.map(renderSection).join('\n')}`;
}

function renderSection({ title, text, measurements }: Section): string {
  return `## ${title}\n\n${text.trim()}\n\n${HEADER}${measurements.map(renderRow).join('\n')}\n`;
}

function renderRow(measurement: Measurement): string {
  const { name, unit, goal } = measurement;
  const { ours, its, ratio, isMet, isWorse } = evaluate(measurement);
  const side = ratio === undefined || goal?.of === 'ours' ? withRange : (values: Spread) => number(values.median);
  const cells = [
    name,
    quantity(side(ours), unit),
    quantity(side(its), unit),
    ratio === undefined ? '' : `${number(ratio.median)} ×`,
    ratio === undefined ? '' : range(ratio),
    goal === undefined ? '' : goalText(goal, unit),
    [isMet === undefined ? '' : isMet ? 'met' : '**missed**', isWorse ? 'redis_exporter is better' : '']
      .filter((text) => text !== '')
      .join(', '),
  ];
  return `| ${cells.join(' | ')} |`;
}

const SIGNS: Readonly<Record<Goal['is'], string>> = { 'at most': '≤', 'at least': '≥', exactly: '=' };

function goalText({ of, is, value }: Goal, unit: Unit): string {
  return `${SIGNS[is]} ${of === 'ratio' ? `${value} ×` : quantity(String(value), unit)}`;
}

function quantity(text: string, unit: Unit): string {
  return unit === '/s' || unit === '' ? `${text}${unit}` : `${text} ${unit}`;
}

function withRange(values: Spread): string {
  return values.min === values.max ? number(values.median) : `${number(values.median)} (${range(values)})`;
}

function range({ min, max }: Spread): string {
  return min === max ? '' : `${number(min)}–${number(max)}`;
}

/** Three digits, the rest is noise. */
function number(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
