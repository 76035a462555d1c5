import type { ValueUnit } from '../api/contract.ts';

/** How far apart the steps of a scale are, their names, and what stands behind each. */
interface Scale {
  readonly base: number;
  /** From the smallest. */
  readonly names: readonly string[];
  /** The step whose name a value of 1 has. */
  readonly zero: number;
  readonly suffix: string;
}

const COUNT: Scale = { base: 1000, names: ['', 'k', 'M', 'G', 'T'], zero: 0, suffix: '' };
const BYTES: Scale = { base: 1024, names: ['B', 'KiB', 'MiB', 'GiB', 'TiB'], zero: 0, suffix: '' };
const TIME: Scale = { base: 1000, names: ['ns', 'µs', 'ms', 's'], zero: 3, suffix: '' };
const NONE: Scale = { base: Infinity, names: [''], zero: 0, suffix: '' };
const PERCENT: Scale = { ...NONE, names: ['%'] };

interface UnitRow {
  readonly scale: Scale;
  /** What a value is multiplied with before it is scaled. */
  readonly factor: number;
}

const UNITS: Readonly<Record<ValueUnit, UnitRow>> = {
  none: { scale: COUNT, factor: 1 },
  bytes: { scale: BYTES, factor: 1 },
  seconds: { scale: TIME, factor: 1 },
  milliseconds: { scale: TIME, factor: 1e-3 },
  microseconds: { scale: TIME, factor: 1e-6 },
  timestamp: { scale: NONE, factor: 1 },
  ratio: { scale: PERCENT, factor: 100 },
  percent: { scale: PERCENT, factor: 1 },
  hertz: { scale: { ...COUNT, suffix: 'Hz' }, factor: 1 },
  bytes_per_second: { scale: { ...BYTES, suffix: '/s' }, factor: 1 },
  per_second: { scale: { ...COUNT, suffix: '/s' }, factor: 1 },
  seconds_per_second: { scale: NONE, factor: 1 },
};

const DIGITS = 3;
const MOST_DECIMALS = 4;

/** A value for people, as Grafana writes it: `1.18 MiB`, `99.2 %`, `5.24 /s`, `1.2 ms`; `–` where there is none. */
export function formatValue(value: number | null | undefined, unit: ValueUnit): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const { scale, factor } = UNITS[unit];
  const scaled = value * factor;
  const step = stepFor(scaled, scale);
  const shown = scaled / size(step, scale);
  // Beyond the digits a number keeps what stands before its point.
  const digits = Math.abs(shown) >= 10 ** DIGITS ? Math.round(shown) : Number(shown.toPrecision(DIGITS));
  return withName(String(digits), step, scale);
}

/** The marks of an axis: all on one scale, with as many decimals as tell them apart. */
export function formatTicks(ticks: readonly number[], unit: ValueUnit): string[] {
  const { scale, factor } = UNITS[unit];
  const scaled = ticks.map((tick) => tick * factor);
  const step = stepFor(Math.max(0, ...scaled.map(Math.abs)), scale);
  const shown = scaled.map((tick) => tick / size(step, scale));
  const decimals = Math.max(0, ...shown.map(decimalsOf));
  return shown.map((value) => (value === 0 ? '0' : withName(value.toFixed(decimals), step, scale)));
}

/** How many a number needs to be told exactly, within reason. */
function decimalsOf(value: number): number {
  let decimals = 0;
  while (decimals < MOST_DECIMALS && Math.abs(value - Number(value.toFixed(decimals))) > 1e-9) decimals++;
  return decimals;
}

/** Distances that marks of an axis may have, in the unit of the field: round numbers, for bytes powers of two. */
export function tickDistances(unit: ValueUnit): readonly number[] {
  return unit === 'bytes' || unit === 'bytes_per_second' ? BINARY : DECIMAL;
}

const DECIMAL = range(-9, 15).flatMap((power) => [1, 2, 5].map((n) => Number(`${n}e${power}`)));
const BINARY = range(0, 50).map((power) => 2 ** power);

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

/** The largest step a value has at least one of. */
function stepFor(value: number, { base, names, zero }: Scale): number {
  if (value === 0 || base === Infinity) return zero;
  const power = Math.floor(Math.log(Math.abs(value)) / Math.log(base) + 1e-9);
  return Math.min(names.length - 1, Math.max(0, zero + power));
}

function size(step: number, { base, zero }: Scale): number {
  return step === zero ? 1 : base ** (step - zero);
}

function withName(digits: string, step: number, { names, suffix }: Scale): string {
  const name = `${names[step] ?? ''}${suffix}`;
  return name === '' ? digits : `${digits} ${name}`;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** `14:03:20` by the clock of the reader; with the day where that is not the day of `nowMs`. */
export function formatTime(timeMs: number, nowMs: number): string {
  const time = new Date(timeMs);
  const clock = `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
  const isToday = time.toDateString() === new Date(nowMs).toDateString();
  return isToday ? clock : `${formatDay(time)} ${clock}`;
}

/** Marks of a time axis: minutes, seconds where they are closer, days where one begins. */
export function formatTimeTicks(ticksMs: readonly number[]): string[] {
  const isFine = ticksMs.some((tick) => tick % 60_000 !== 0);
  return ticksMs.map((tick) => {
    const time = new Date(tick);
    const [hours, minutes, seconds] = [time.getHours(), time.getMinutes(), time.getSeconds()];
    if (hours + minutes + seconds === 0) return formatDay(time);
    return `${two(hours)}:${two(minutes)}${isFine ? `:${two(seconds)}` : ''}`;
  });
}

function formatDay(time: Date): string {
  return `${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}
