import { formattedValueToString, getValueFormat } from '@grafana/data';
import type { ValueUnit } from '../../server/api/contract';
import { GRAFANA_UNITS } from '../grafana-units';

/** Undefined for a unit of a collector newer than this plugin. */
export function unitOf(unit: ValueUnit): string | undefined {
  return GRAFANA_UNITS[unit];
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
