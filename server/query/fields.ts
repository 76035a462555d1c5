import type { ValueUnit } from '../api/contract';
import type { FamilyDescriptor, FamilyType, Source, Unit } from '../model/family';
import type { SamplePart } from '../model/samples';
import { stemOf, titleOf, titleOfFamily } from './titles';

/** A field of the catalogue that is stored: a family, or a line of a histogram or summary. */
export interface StoredField {
  readonly section: string;
  /** Unique within the section. */
  readonly field: string;
  /** Name of the family and the part. */
  readonly metric: string;
  readonly title: string;
  readonly unit: Unit & ValueUnit;
  readonly family: FamilyDescriptor;
  readonly part: SamplePart;
  readonly labels: readonly string[];
  readonly isCounter: boolean;
  readonly source: string;
  /** The words for it, and how surely each means it: the least is the surest. */
  readonly names: ReadonlyMap<string, number>;
}

const PLAIN_FIELD = /^[\w.-]+$/;
const POLLING = 'the collector itself';

/** The lines that families of these types have; others have one. */
const PARTS: Readonly<Partial<Record<FamilyType, readonly SamplePart[]>>> = {
  histogram: ['_bucket', '_sum', '_count'],
  summary: ['', '_sum', '_count'],
};
const PART_TITLES: Readonly<Record<SamplePart, string>> = {
  '': '',
  _bucket: ' buckets',
  _sum: ' sum',
  _count: ' count',
};

/** How sure a word is of the field it names; the surest meaning of a word counts. */
const RANK = { metric: 0, infoField: 1, field: 2, other: 3 } as const;

/**
 * Fields of families, each with a name that is unique in its section. Where a section stands in the source, it is the
 * section, else the command (`CONFIG GET`), and `Polling` for what polls say of themselves. The field is
 *
 * - the field of the source where that is one word: `used_memory`; also the argument of a command: `maxmemory`;
 * - its last word where it names many fields: `calls` of `cmdstat_<command> calls`, `keys` of `db<n> keys`;
 * - else, and where another family has the name already, the family's name without `redis_`: `slowlog_length`.
 *
 * The lines of histograms and summaries are fields that end like their metrics: `_bucket`, `_sum`, `_count`. The name
 * of the metric, the whole text of the source and its field as it stands name the field, too.
 */
export function storedFields(families: readonly FamilyDescriptor[]): readonly StoredField[] {
  const taken = new Set<string>();
  return families.filter(({ name }) => !name.includes('<')).flatMap((family) => fieldsOf(family, taken));
}

function fieldsOf(family: FamilyDescriptor, taken: Set<string>): readonly StoredField[] {
  const { section, words } = placeOf(family.source);
  const [word = '', ...others] = words;
  const isTaken = (field: string): boolean => taken.has(`${section.toLowerCase()}\0${field}`);
  const field = [word, stemOf(family.name)].find((one) => one !== '' && !isTaken(one)) ?? family.name;
  taken.add(`${section.toLowerCase()}\0${field}`);
  const isPlain = family.source.field === field;
  const title = isPlain ? titleOf(field) : titleOfFamily(family);
  const source = sourceText(family.source);
  return (PARTS[family.type] ?? ['']).map((part) => {
    const metric = family.name + part;
    const names = new Map([
      ...[source, family.source.field ?? source, family.name, ...others].map((other) => [other, RANK.other] as const),
      [field + part, isPlain ? RANK.infoField : RANK.field] as const,
      [metric, RANK.metric] as const,
    ]);
    return {
      section,
      field: field + part,
      metric,
      title: title + PART_TITLES[part],
      unit: part === '_bucket' || part === '_count' ? 'none' : family.unit,
      family,
      part,
      labels: labelNamesOf(family, part),
      isCounter: family.type === 'counter' || part !== '',
      source,
      names,
    };
  });
}

/** Section of a source and the words its field may go by, the first one being the field's own. */
function placeOf({ command, section, field }: Source): { readonly section: string; readonly words: readonly string[] } {
  if (command === POLLING) return { section: 'Polling', words: [] };
  if (field !== undefined) return { section: section ?? command, words: shortNames(field) };
  const [, name = command, argument] = /^([A-Z ]+?) ([a-z][\w-]*)$/.exec(command) ?? [];
  return { section: section ?? name.replace(/ \d+$/, ''), words: argument === undefined ? [] : [argument] };
}

function shortNames(field: string): readonly string[] {
  return field.split(', ').map((one) => (PLAIN_FIELD.test(one) ? one : withoutPlaceholder(one)));
}

function withoutPlaceholder(pattern: string): string {
  const words = pattern.split(' ');
  return (words.at(-1) as string).replace(/_?<\w+>/g, '');
}

/** Names of the labels of a field's series, besides those of the target. */
function labelNamesOf({ type, labelNames }: FamilyDescriptor, part: SamplePart): readonly string[] {
  if (part === '_bucket') return [...labelNames, 'le'];
  return type === 'summary' && part === '' ? [...labelNames, 'quantile'] : labelNames;
}

function sourceText({ command, section, field }: Source): string {
  return [command, section, field].filter((word) => word !== undefined).join(' ');
}
