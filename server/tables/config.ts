import { parsePairs } from '../parse/pairs';
import { askArray, askEach } from './ask-each';
import type { TableContext } from './context';
import { draft, type ColumnOf, type Draft } from './draft';
import { isSentinel, leaveOut } from './leave-out';
import { columnEach, sideBySide } from './side-by-side';

const ALL_SETTINGS = { args: ['CONFIG', 'GET', '*'] } as const;

/** Names of settings that hold a secret; of later versions, too. */
const SECRET = /pass|auth|secret|token|credential/i;
/** Settings that look like one and are none. */
const NO_SECRETS: ReadonlySet<string> = new Set(['tls-auth-clients']);
const HIDDEN = '<secret>';

interface SettingRow {
  readonly setting: string;
  /** In the order of the targets; undefined: the target does not have it. */
  readonly values: readonly (string | undefined)[];
}

/** All settings, a column for each target; secrets are hidden. */
export async function config(context: TableContext): Promise<Draft> {
  const servers = sideBySide(context, leaveOut(context, isSentinel, 'sentinels have no CONFIG'));
  const told = await askEach(context, servers, async (ask) => parsePairs(await askArray(ask, ALL_SETTINGS)));
  const settings = [...new Set(told.flatMap(({ value }) => [...value.keys()]))].sort();
  const rows = settings.map((setting) => ({ setting, values: told.map(({ value }) => value.get(setting)) }));
  const columns: ColumnOf<SettingRow>[] = [
    { name: 'setting', title: 'Setting', type: 'string', value: (row) => row.setting },
    { name: 'differs', title: 'Differs', type: 'boolean', value: differs },
    ...columnEach(told, shown),
  ];
  return draft('settings', columns, rows);
}

/** Whether the targets that have the setting have different values. */
function differs({ values }: SettingRow): boolean {
  return new Set(values.filter((value) => value !== undefined)).size > 1;
}

function shown({ setting, values }: SettingRow, at: number): string | undefined {
  const value = values[at];
  const isHidden = SECRET.test(setting) && !NO_SECRETS.has(setting) && value !== undefined && value !== '';
  return isHidden ? HIDDEN : value;
}
