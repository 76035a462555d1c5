import type { Command } from '../model/command';
import { parseInfo, type InfoReply } from '../parse/info';
import { askEach, askText } from './ask-each';
import type { TableContext } from './context';
import { draft, type ColumnOf, type Draft } from './draft';
import { forEachWithPauses } from './pauses';
import { columnEach, sideBySide } from './side-by-side';

/** Asked in turn until there is an answer: older servers answer with nothing to a word they do not know. */
const INFOS: readonly Command[] = [{ args: ['INFO', 'everything'] }, { args: ['INFO', 'all'] }, { args: ['INFO'] }];

/** Replies that are gone through in one go: about a millisecond. */
const REPLIES_AT_ONCE = 5;

interface FieldRow {
  readonly section: string;
  readonly field: string;
  /** In the order of the targets. */
  readonly values: (string | undefined)[];
}

/** What INFO says, a column for each target, as texts. */
export async function info(context: TableContext): Promise<Draft> {
  const told = await askEach(context, sideBySide(context, context.chosen), async (ask) => {
    for (const command of INFOS) {
      const text = await askText(ask, command);
      if (text !== '') return parseInfo(text);
    }
    return parseInfo('');
  });
  const { sections: wanted = [] } = context.request;
  const isWanted = sectionTest(wanted);
  const sections: Sections = new Map();
  await forEachWithPauses(told, REPLIES_AT_ONCE, ({ value }, target) => {
    addFields(sections, value, target, isWanted);
  });
  for (const name of wanted) {
    if (!sections.has(name.toLowerCase())) context.note('warning', `No target has a section ${name}`);
  }
  const rows = [...sections.values()].flatMap((section) => [...section.rows.values()]);
  const columns: ColumnOf<FieldRow>[] = [
    { name: 'section', title: 'Section', type: 'string', value: (row) => row.section },
    { name: 'field', title: 'Field', type: 'string', value: (row) => row.field },
    ...columnEach(told, ({ values }: FieldRow, at) => values[at]),
  ];
  return draft('fields', columns, rows);
}

/** Sections by name in small letters, and in them rows by field and its occurrence. */
type Sections = Map<string, { readonly name: string; readonly rows: Map<string, FieldRow> }>;

/** Adds the fields of one target's reply; a name that a section repeats has as many rows. */
function addFields(sections: Sections, { shape, values }: InfoReply, target: number, isWanted: SectionTest): void {
  for (const { name, from, to } of shape.sections.filter((section) => isWanted(section.name))) {
    const section = sections.get(name.toLowerCase()) ?? { name, rows: new Map<string, FieldRow>() };
    sections.set(name.toLowerCase(), section);
    const seen = new Map<string, number>();
    for (let at = from; at < to; at++) {
      const field = shape.keys[at] as string;
      const times = (seen.get(field) ?? 0) + 1;
      seen.set(field, times);
      const key = `${field} ${times}`;
      const row = section.rows.get(key) ?? { section: section.name, field, values: [] };
      section.rows.set(key, row);
      row.values[target] = values[at];
    }
  }
}

type SectionTest = (section: string) => boolean;

function sectionTest(wanted: readonly string[]): SectionTest {
  if (wanted.length === 0) return () => true;
  const names = new Set(wanted.map((name) => name.toLowerCase()));
  return (section) => names.has(section.toLowerCase());
}
