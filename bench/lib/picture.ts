import { number } from './digits';
import type { Curve } from './curve';

const WIDTH = 340;
const HEIGHT = 220;
const MARGIN = { left: 16, right: 24, top: 40, bottom: 44 };
/** Readable on white and on black: the picture has no background of its own. */
const TEXT = '#7d8590';
const LINE = '#d9472b';
const PANEL_GAP = 12;

/** Columns of a curve as small pictures side by side, both axes from zero, each point with its value. */
export function drawCurve({ by, columns, points, drawn }: Curve): string {
  const panels = drawn.map((column, at) => {
    const { name, unit } = columns[column]!;
    const values = points.flatMap((point) => {
      const value = point.values[column];
      return value === undefined ? [] : [{ at: point.at, value }];
    });
    const title = unit === '' ? name : `${name}, ${unit}`;
    return `<g transform="translate(${at * (WIDTH + PANEL_GAP)} 0)">${panel(title, by, values)}</g>`;
  });
  const width = drawn.length * WIDTH + (drawn.length - 1) * PANEL_GAP;
  const style = `text{font:12px system-ui,sans-serif;fill:${TEXT}}.t{font-size:13px;font-weight:600}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${HEIGHT}" width="${width}" height="${HEIGHT}">`,
    `<style>${style}</style>`,
    ...panels,
    '</svg>',
    '',
  ].join('\n');
}

function panel(title: string, by: string, points: readonly { readonly at: number; readonly value: number }[]): string {
  const right = WIDTH - MARGIN.right;
  const bottom = HEIGHT - MARGIN.bottom;
  const mostAt = Math.max(...points.map(({ at }) => at));
  const most = Math.max(...points.map(({ value }) => value), Number.MIN_VALUE);
  const placed = points.map(({ at, value }) => ({
    at,
    value,
    x: round(MARGIN.left + (at / mostAt) * (right - MARGIN.left)),
    y: round(bottom - (value / most) * (bottom - MARGIN.top)),
  }));
  const line = placed.map(({ x, y }) => `${x},${y}`).join(' ');
  const marks = placed.map(({ x, y }) => `<circle cx="${x}" cy="${y}" r="3" fill="${LINE}"/>`);
  const labels = apart(placed).map(
    ({ at, value, x, y }) =>
      `<text x="${x}" y="${round(y - 8)}" text-anchor="${anchor(x)}">${number(value)}</text>` +
      `<text x="${x}" y="${bottom + 16}" text-anchor="${anchor(x)}">${at}</text>`
  );
  return [
    `<text class="t" x="${MARGIN.left}" y="16">${title}</text>`,
    `<path d="M${MARGIN.left} ${bottom}H${right}" stroke="${TEXT}" fill="none"/>`,
    `<polyline points="${line}" fill="none" stroke="${LINE}" stroke-width="2"/>`,
    ...marks,
    ...labels,
    `<text x="${right}" y="${HEIGHT - 8}" text-anchor="end">${by}</text>`,
  ].join('\n');
}

const LABEL_WIDTH = 44;

/** Those whose labels do not lie upon each other; from the right, as the greatest matters most. */
function apart<T extends { readonly x: number }>(points: readonly T[]): readonly T[] {
  return points.reduceRight<T[]>(
    (kept, point) => (kept.every(({ x }) => Math.abs(x - point.x) >= LABEL_WIDTH) ? [...kept, point] : kept),
    []
  );
}

function anchor(x: number): string {
  return x < LABEL_WIDTH ? 'start' : x > WIDTH - LABEL_WIDTH ? 'end' : 'middle';
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
