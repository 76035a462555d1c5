import {
  FieldColorModeId,
  MappingType,
  ThresholdsMode,
  type FieldConfig,
  type ThresholdsConfig,
  type ValueMapping,
} from '@grafana/data';

/** Named colours of the theme. */
export type ColorName = 'green' | 'orange' | 'red' | 'blue' | 'purple' | 'text';

/** A cell whose words have colours, and, where given, other words. */
export function coloredWords(
  words: Readonly<Record<string, ColorName | { readonly text: string; readonly color: ColorName }>>
): FieldConfig {
  const options = Object.entries(words).map(([word, look], index) => [
    word,
    typeof look === 'string' ? { color: look, index } : { ...look, index },
  ]);
  const mappings: ValueMapping[] = [{ type: MappingType.ValueToText, options: Object.fromEntries(options) }];
  return { mappings, thresholds: steps([]), custom: { cellOptions: { type: 'color-text' } } };
}

/** A number whose text changes its colour from these values on. */
export function coloredFrom(...from: ReadonlyArray<readonly [number, ColorName]>): FieldConfig {
  return { thresholds: steps(from), custom: { cellOptions: { type: 'color-text' } } };
}

/** Numbers from 0 on that are less than `limit` are this text instead. */
export function below(limit: number, text: string): FieldConfig {
  const range = { from: 0, to: limit - Number.EPSILON, result: { text } };
  return { mappings: [{ type: MappingType.RangeToText, options: range }] };
}

/** Wide enough for a time with its milliseconds, which Grafana would cut. */
export const TIME_CELL: FieldConfig = { custom: { width: 200 } };

/** A bar as long as the value is great beside the greatest of its column, or beside `max`; no judgement in its colour. */
export function bar(max?: number): FieldConfig {
  return {
    min: 0,
    ...(max !== undefined && { max }),
    color: { mode: FieldColorModeId.Fixed, fixedColor: 'blue' },
    fieldMinMax: true, // else all number columns would share one scale
    custom: { cellOptions: { type: 'gauge', mode: 'basic', valueDisplayMode: 'text' } },
  };
}

/** Not to be seen in tables: for annotations, or to make links of. */
export const HIDDEN: FieldConfig = {
  custom: { hidden: true, hideFrom: { viz: true, legend: false, tooltip: false } },
};

/** With `custom` of both. */
export function merged(...configs: readonly FieldConfig[]): FieldConfig {
  const custom = Object.assign({}, ...configs.map((config) => config.custom as object | undefined)) as object;
  return { ...Object.assign({}, ...configs), ...(Object.keys(custom).length > 0 && { custom }) } as FieldConfig;
}

function steps(from: ReadonlyArray<readonly [number, ColorName]>): ThresholdsConfig {
  return {
    mode: ThresholdsMode.Absolute,
    steps: [{ value: -Infinity, color: 'text' }, ...from.map(([value, color]) => ({ value, color }))],
  };
}
