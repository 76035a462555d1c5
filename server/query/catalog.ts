import type { CatalogAnswer, CatalogField, CatalogSection, CatalogTarget } from '../api/contract';
import type { HistoryReader } from '../history/interfaces';
import type { SamplePart } from '../model/samples';
import type { QueryContext } from './context';
import { DERIVED_FIELDS } from './derived-fields';
import { DERIVED, fieldIndex } from './field-index';
import { defaultFunction } from './plans';

/** Answers `GET /api/v1/catalog`: derived fields first, then sections in the order in which they are polled. */
export function answerCatalog({ history, families, targets }: QueryContext): CatalogAnswer {
  const ofFamily = targetsByPart(history);
  const sections = new Map<string, CatalogField[]>([[DERIVED, derivedFields(ofFamily)]]);
  for (const one of fieldIndex(families, history.families()).stored) {
    const { section, field, metric, title, unit, family, labels, source } = one;
    const fields = sections.get(section) ?? [];
    sections.set(section, fields);
    fields.push({
      field,
      metric,
      title,
      type: family.type,
      unit,
      help: family.help,
      source,
      labels,
      defaultFunction: defaultFunction(one, false),
      targets: ofFamily(family.name, one.part),
    });
  }
  return {
    status: 'success',
    sections: [...sections].map(([name, fields]): CatalogSection => ({ name, fields })),
    targets: catalogTargets(history, targets()),
  };
}

function derivedFields(ofFamily: (family: string, part: SamplePart) => readonly string[]): CatalogField[] {
  return DERIVED_FIELDS.map(({ field, title, unit, help, formula, labels, inputs }) => ({
    field,
    metric: field,
    title,
    type: 'derived',
    unit,
    help,
    source: formula,
    labels,
    defaultFunction: 'derived',
    targets: ofFamily(inputs[0].family, ''),
  }));
}

/** The names of the targets that have a part of a family, each family looked up once. */
function targetsByPart(history: HistoryReader): (family: string, part: SamplePart) => readonly string[] {
  const known = new Map<string, ReadonlyMap<SamplePart, ReadonlySet<string>>>();
  return (family, part) => {
    let parts = known.get(family);
    if (parts === undefined) known.set(family, (parts = partsOf(history, family)));
    return [...(parts.get(part) ?? [])].sort();
  };
}

function partsOf(history: HistoryReader, family: string): ReadonlyMap<SamplePart, ReadonlySet<string>> {
  const parts = new Map<SamplePart, Set<string>>();
  for (const { target, series } of history.series(family)) {
    const names = parts.get(series.part);
    if (names === undefined) parts.set(series.part, new Set([target]));
    else names.add(target);
  }
  return parts;
}

function catalogTargets(
  history: HistoryReader,
  configured: ReturnType<QueryContext['targets']>
): readonly CatalogTarget[] {
  const names = new Set(configured.map(({ name }) => name));
  const past = history.targets().filter((name) => !names.has(name));
  return [
    ...configured.map(({ name, labels, role, state, intervalMs }) => ({ name, labels, role, state, intervalMs })),
    ...past.map((name) => ({ name, labels: {}, role: '', state: 'past' as const, intervalMs: 0 })),
  ];
}
