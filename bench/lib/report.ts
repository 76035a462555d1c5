import type { Curve } from './curve';
import { number } from './digits';
import { evaluate, type Goal, type Measurement, type Unit } from './measurement';
import type { Section } from './section';
import { spreadOf, type Spread } from './statistics';

export interface Report {
  readonly title: string;
  /** Markdown: what is compared. */
  readonly intro: string;
  /** Items of a list, Markdown. */
  readonly method: readonly string[];
  /** ISO date. */
  readonly date: string;
  readonly setup: readonly (readonly [string, string])[];
  /** As in `LoadWatch`. */
  readonly otherShares: readonly number[];
  readonly sections: readonly Section[];
  /** What runs this part of the benchmark alone. */
  readonly command: string;
}

const RIVALS = ['its', 'other'] as const;

/** The document, as Markdown whose tables are not aligned yet. */
export function renderReport(report: Report): string {
  const { median, max } = spreadOf(report.otherShares);
  const load = `Other processes had ${percent(median)} of the machine's CPU time during the rounds (median; at most ${percent(max)}).`;
  return `# ${report.title}

Written by \`npm run bench\`; do not edit. ${report.intro.trim()}

## How it is measured

${[...report.method, load].map((item) => `- ${item.trim()}`).join('\n')}

| | |
|---|---|
| date | ${report.date} |
${report.setup.map((row) => `| ${row.join(' | ')} |`).join('\n')}

\`${report.command}\` does it all again and writes this file; with \`--check\` it fails when a goal is missed, and with
\`--quick\` it only shows that it works.

${report.sections.map(renderSection).join('\n')}`;
}

function renderSection({ title, text, rivals, measurements, curve }: Section): string {
  const parts = [
    `## ${title}`,
    text.trim(),
    ...(curve === undefined ? [] : [renderPicture(title, curve), renderCurve(curve)]),
    ...(measurements.length === 0 ? [] : [renderMeasurements(measurements, rivals)]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function renderPicture(title: string, { picture }: Curve): string {
  return `![${title}](img/${picture}.svg)`;
}

function renderCurve({ by, columns, points }: Curve): string {
  const header = `| ${[by, ...columns.map(({ name }) => name)].join(' | ')} |`;
  const alignment = `|--:${columns.map(() => '|--:').join('')}|`;
  const rows = points.map(({ at, values }) => {
    const cells = values.map((value, column) =>
      value === undefined ? '' : quantity(number(value), columns[column]?.unit ?? '')
    );
    return `| ${[at, ...cells].join(' | ')} |`;
  });
  return [header, alignment, ...rows].join('\n');
}

function renderMeasurements(measurements: readonly Measurement[], rivals: readonly string[]): string {
  const comparison = rivals.length === 0 ? [] : ['ratio', 'spread'];
  const numbers = ['Redis Vitals', ...rivals, ...comparison];
  const header = `| ${['', ...numbers, 'goal', ''].join(' | ')} |`;
  const alignment = `|${['---', ...numbers.map(() => '--:'), '---', '---'].join('|')}|`;
  const rows = measurements.map((measurement) => renderRow(measurement, rivals));
  return [header, alignment, ...rows].join('\n');
}

function renderRow(measurement: Measurement, rivals: readonly string[]): string {
  const { name, unit, goals = [] } = measurement;
  const evaluation = evaluate(measurement);
  const { ours, its, ratio, isMet, better } = evaluation;
  const isJudged = ratio === undefined || goals.some(({ of }) => of === 'ours');
  const side = isJudged ? withRange : (values: Spread) => number(values.median);
  const rivalCells = rivals.map((_, index) => {
    const values = evaluation[RIVALS[index] ?? 'other'];
    if (values !== undefined) return quantity(side(values), unit);
    return index > 0 && its !== undefined ? 'not installed' : '';
  });
  const verdict = isMet === undefined ? [] : [isMet ? 'met' : '**missed**'];
  const cells = [
    name,
    quantity(side(ours), unit),
    ...rivalCells,
    ...(rivals.length === 0 ? [] : [ratio === undefined ? '' : `${number(ratio.median)} ×`]),
    ...(rivals.length === 0 ? [] : [ratio === undefined ? '' : range(ratio)]),
    goals.map((goal) => goalText(goal, unit)).join(', '),
    [...verdict, ...better.map((rival) => `${rivals[RIVALS.indexOf(rival)] ?? rival} is better`)].join(', '),
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

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
