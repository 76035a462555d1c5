import type { TableAnswer } from '../api/contract';

/** A table as a person reads it, a line for each row; `-` is null. Notices stand below. */
export function tableText({ columns, notices }: TableAnswer): string {
  const count = columns[0]?.values.length ?? 0;
  const rows = Array.from({ length: count }, (_, at) => columns.map(({ values }) => values[at] ?? '-'));
  const head = columns.map(({ name, type, unit }) => `${name} (${unit ?? type})`);
  return [
    ...[head, ...rows].map((cells) => cells.join(' | ').trimEnd()),
    ...notices.map(({ severity, text }) => `${severity}: ${text}`),
    '',
  ].join('\n');
}
