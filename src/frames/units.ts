import { formattedValueToString, getValueFormat } from '@grafana/data';
import type { ValueUnit } from '../../server/api/contract';

/**
 * Grafana's units. Memory and network are both of powers of 1024, as Redis itself counts (`used_memory_human`,
 * `instantaneous_input_kbps`), so that a buffer and what flows through it can be compared. Rates are `counts/sec`: what
 * is counted may be commands as well as keys or connections. Seconds per second are a share of time: 100 % of CPU time is
 * one core. Plain counts are shortened (1.2 K), which table cells with ids do not want.
 */
const UNITS: Readonly<Record<ValueUnit, string>> = {
  none: 'short',
  bytes: 'bytes',
  seconds: 's',
  milliseconds: 'ms',
  microseconds: 'µs',
  timestamp: 'dateTimeFromNow',
  ratio: 'percentunit',
  percent: 'percent',
  hertz: 'hertz',
  bytes_per_second: 'binBps',
  per_second: 'cps',
  seconds_per_second: 'percentunit',
};

/** Undefined for a unit of a collector newer than this plugin. */
export function unitOf(unit: ValueUnit): string | undefined {
  return UNITS[unit];
}

type Cells = ReadonlyArray<string | number | boolean | null>;

/** Grafana's times are milliseconds, the collector's values of the unit `timestamp` Unix seconds; others stay. */
export function inGrafanasUnit(unit: ValueUnit | undefined, values: Cells): Cells {
  return unit === 'timestamp' ? values.map((value) => (typeof value === 'number' ? value * 1000 : value)) : values;
}

/** A value with its unit as text, where no field's unit is looked at: `1.09 ms`; of none the empty text. */
export function formatted(grafanaUnit: string, value: number | null): string {
  return value === null ? '' : formattedValueToString(getValueFormat(grafanaUnit)(value));
}
