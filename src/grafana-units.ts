import type { ValueUnit } from '../server/api/contract';

/**
 * Grafana's units, of panels as of frames. Memory and network are both of powers of 1024, as Redis itself counts
 * (`used_memory_human`, `instantaneous_input_kbps`), so that a buffer and what flows through it can be compared. Rates are
 * `counts/sec`: what is counted may be commands as well as keys or connections. Seconds per second are a share of time:
 * 100 % of CPU time is one core. Plain counts are shortened (1.2 K), which table cells with ids do not want.
 */
export const GRAFANA_UNITS: Readonly<Record<ValueUnit, string>> = {
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
