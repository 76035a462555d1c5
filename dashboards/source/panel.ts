import type { GridPos, Panel } from '@grafana/schema';
import { GRAFANA_UNITS } from '../../src/grafana-units';
import type { ValueUnit } from '../../server/api/contract';
import { knownField } from './fields';
import { instanceLink } from './links';
import { drawn, hasUnit } from './looks';
import type { Flavour, MetricTarget, PanelDefinition, Target } from './model';
import { EMPTY_CELLS, overrideRule, unitOfAll } from './overrides';
import { PROMETHEUS_DATASOURCE, prometheusQuery } from './promql';
import { VITALS_DATASOURCE, vitalsQuery } from './vitals';

const PER_SECOND: Readonly<Partial<Record<ValueUnit, ValueUnit>>> = {
  none: 'per_second',
  bytes: 'bytes_per_second',
  seconds: 'seconds_per_second',
};
/** Looks whose series can lead to another dashboard. */
const WITH_LINKS = new Set(['lines', 'area', 'stacked', 'bars', 'value', 'bar-gauge', 'states']);

/** Whether the flavour can answer the panel. */
export function isIn(flavour: Flavour, { prometheus, targets }: PanelDefinition): boolean {
  if (flavour === 'vitals') return true;
  return prometheus === undefined
    ? targets.every(({ ask }) => ask === 'metric' || ask === 'promql')
    : prometheus !== 'none';
}

export function buildPanel(panel: PanelDefinition, id: number, gridPos: GridPos, flavour: Flavour): Panel {
  const { title, description, look, overrides = [], leadsTo = 'fleet' } = panel;
  const unit = hasUnit(look) ? (panel.unit ?? unitOf(panel.targets[0])) : undefined;
  const { type, options, fieldConfig } = drawn(panel, unit);
  const transformations =
    flavour === 'prometheus' && panel.prometheusTransformations !== undefined
      ? panel.prometheusTransformations
      : panel.transformations;
  return {
    id,
    type,
    title,
    description,
    gridPos,
    pluginVersion: '12.3.0',
    datasource: flavour === 'vitals' ? VITALS_DATASOURCE : PROMETHEUS_DATASOURCE,
    targets: queries(panel, flavour),
    ...(transformations && {
      transformations: transformations.map(({ id: of, options: how }) => ({ id: of, options: how })),
    }),
    options,
    fieldConfig: {
      defaults: {
        ...fieldConfig.defaults,
        ...(isOfInstances(panel) && { links: [instanceLink(leadsTo, '__field.labels.instance', flavour)] }),
      },
      overrides: [
        ...(look === 'table' ? [EMPTY_CELLS] : []),
        ...(panel.unit !== undefined && hasUnit(look) ? [unitOfAll(panel.unit)] : []),
        ...overrides.map((one) => overrideRule(one, flavour)),
      ],
    },
  };
}

/** Whether its series are of an instance each. */
function isOfInstances({ look, targets }: PanelDefinition): boolean {
  return WITH_LINKS.has(look) && targets.some((target) => 'legend' in target && target.legend.includes('{{instance}}'));
}

function queries({ targets, prometheus }: PanelDefinition, flavour: Flavour): Record<string, unknown>[] {
  const asked = flavour === 'prometheus' && prometheus !== undefined && prometheus !== 'none' ? prometheus : targets;
  return asked.map((target, index) => query(target, refIdOf(index), flavour));
}

function query(target: Target, refId: string, flavour: Flavour): Record<string, unknown> {
  if (flavour === 'vitals' && target.ask !== 'promql') return vitalsQuery(target, refId);
  if (flavour === 'prometheus' && (target.ask === 'metric' || target.ask === 'promql'))
    return prometheusQuery(target, refId);
  throw new Error(`A target that asks for ${target.ask} is none of the flavour ${flavour}.`);
}

/** A, B, ... Z, AA as Grafana names them. */
function refIdOf(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : refIdOf(Math.floor(index / 26) - 1) + refIdOf(index % 26);
}

function unitOf(target: Target | undefined): string {
  if (target?.ask !== 'metric') throw new Error('A panel whose first target is no metric names its unit.');
  return GRAFANA_UNITS[valueUnit(target)];
}

function valueUnit({ of, function: fn }: MetricTarget): ValueUnit {
  const { unit, isCounter } = knownField(of);
  return fn === 'rate' || (fn === undefined && isCounter) ? (PER_SECOND[unit] ?? unit) : unit;
}
