import type { MetricQuery, Notice, QueryFunction, SeriesAnswer } from '../api/contract';
import type { HistoryReader, StoredSeries } from '../history/interfaces';
import type { SamplePart } from '../model/samples';
import type { ChosenTargets } from './choose-targets';
import { derive, type InputRows } from './derive';
import type { DerivedField } from './derived-fields';
import type { QueryField } from './field-index';
import type { StoredField } from './fields';
import { FUNCTIONS } from './functions';
import { storedLabels, seriesTest, type Labels } from './labels';
import type { Reading } from './reading';
import { rowsOf, type Row } from './rows';
import type { Grid } from './window';

/** What a field gives: series under way and what is told of all of them. */
export interface FieldRows {
  readonly about: Omit<SeriesAnswer, 'labels' | 'values'>;
  readonly growsWithLength: boolean;
  readonly rows: readonly Row[];
}

/** What must be read for a field, and what becomes of it. */
export interface Plan {
  readonly readings: readonly Reading[];
  /** Given the values of each reading. */
  readonly finish: (values: readonly Float64Array[]) => FieldRows;
}

/** What a field is planned for. */
export interface PlanScope {
  readonly history: HistoryReader;
  readonly targets: ChosenTargets;
  readonly query: MetricQuery;
  readonly grid: Grid;
  /** Where the last value of an instant query is looked for. */
  readonly lastGrid: Grid;
  readonly notices: Notice[];
}

export function planField(field: QueryField, scope: PlanScope): Plan {
  return field.kind === 'stored' ? planStored(field.stored, scope) : planDerived(field.derived, scope);
}

/** The series of a family that targets and label filters leave: of a derived field, those it is calculated from. */
function seriesOf(family: string, part: SamplePart, { history, targets, query }: PlanScope): readonly StoredSeries[] {
  const isMeant = seriesTest(query.labels ?? [], targets.labels);
  return history.series(family, targets.names).filter((one) => one.series.part === part && isMeant(one));
}

/** The function of a field where the query names none. */
export function defaultFunction({ isCounter }: StoredField, isInstant: boolean): QueryFunction {
  return isCounter ? 'rate' : isInstant ? 'last' : 'avg';
}

function planStored(stored: StoredField, scope: PlanScope): Plan {
  const { targets, query, lastGrid, notices } = scope;
  const name = query.function ?? defaultFunction(stored, query.instant === true);
  const fn = FUNCTIONS[name];
  if (fn.isForCounters && !stored.isCounter) {
    notices.push({
      severity: 'info',
      text: `${stored.field} is a gauge: ${name} takes its falls for resets to 0, delta takes them as falls.`,
    });
  }
  const series = seriesOf(stored.family.name, stored.part, scope);
  const grid = name === 'last' ? lastGrid : scope.grid;
  const { unit, divisor } = fn.measure(stored.unit);
  return {
    readings: [{ series, function: fn, grid }],
    finish: ([values = new Float64Array(0)]) => ({
      about: { field: stored.field, metric: stored.metric, displayName: stored.title, unit, function: name },
      growsWithLength: fn.growsWithLength,
      rows: rowsOf(
        labelsOfAll(series, targets),
        divisor === 1 ? values : values.map((value) => value / divisor),
        grid.count
      ),
    }),
  };
}

function planDerived(derived: DerivedField, scope: PlanScope): Plan {
  const { targets, query, grid, notices } = scope;
  if (query.function !== undefined) {
    notices.push({
      severity: 'info',
      text: `${derived.field} is a derived field and has its own calculation: ${query.function} does not apply.`,
    });
  }
  const readings = derived.inputs.map((input) => ({
    series: seriesOf(input.family, '', scope),
    function: FUNCTIONS[input.function],
    grid,
  }));
  const { field, title: displayName, unit, growsWithLength } = derived;
  return {
    readings,
    finish: (values) => ({
      about: { field, metric: field, displayName, unit, function: 'derived' },
      growsWithLength,
      rows: derive(
        derived,
        readings.map(({ series }, at) => inputRows(series, targets, values[at] ?? new Float64Array(0), grid)),
        grid.count
      ),
    }),
  };
}

function inputRows(
  series: readonly StoredSeries[],
  targets: ChosenTargets,
  values: Float64Array,
  { count }: Grid
): InputRows {
  return { rows: rowsOf(labelsOfAll(series, targets), values, count), own: ownLabels(series) };
}

function labelsOfAll(series: readonly StoredSeries[], targets: ChosenTargets): readonly Labels[] {
  return series.map((one) => storedLabels(one, targets.labels(one.target)));
}

function ownLabels(series: readonly StoredSeries[]): readonly string[] {
  return series[0]?.series.family.labelNames ?? [];
}
