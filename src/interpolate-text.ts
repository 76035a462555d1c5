import type { ScopedVars } from '@grafana/data';
import { getTemplateSrv } from '@grafana/runtime';

/** What Grafana writes for "All" where it does not list the values. */
const ALL = '$__all';
/** Custom "all" values that leave nothing out. */
const EVERYTHING = new Set([ALL, '.*', '.+', '*']);

/** Stand around the values of a variable, and between them; no text of a query has them. */
const [OPEN, BETWEEN, CLOSE] = ['\u0001', '\u0002', '\u0003'];
const MARKED = new RegExp(`${OPEN}([^${CLOSE}]*)${CLOSE}`);

export interface Expanded {
  /** `All`: nothing is to be left out. */
  readonly all: boolean;
  /** Values as they are; a text without variables is its own. Empty where a variable has no value. */
  readonly values: readonly string[];
  /** Custom "all" values that are patterns, as they are. */
  readonly patterns: readonly string[];
}

/**
 * One text of a query as the texts it stands for: `$instance` is as many as are chosen. In a pattern, what was chosen
 * is escaped, and what was written into a text box is not, as Prometheus' data source has it.
 */
export function expand(text: string, scopedVars: ScopedVars, inPattern = false): Expanded {
  const templates = getTemplateSrv();
  if (!templates.containsTemplate(text)) {
    return { all: false, values: [text], patterns: [] };
  }
  const marked = templates.replace(text, scopedVars, inPattern ? markPattern : mark);
  if (EVERYTHING.has(marked) || marked.includes(ALL)) {
    return { all: true, values: [], patterns: [] };
  }
  // Grafana does not give the custom "all" value to a formatter: it stands there bare.
  return MARKED.test(marked) || !isAllValue(marked)
    ? { all: false, values: products(marked), patterns: [] }
    : { all: false, values: [], patterns: [marked] };
}

/** Several texts as one list, each value once. */
export function expandAll(texts: readonly string[], scopedVars: ScopedVars): Expanded {
  const each = texts.map((text) => expand(text, scopedVars));
  return {
    all: each.some(({ all }) => all),
    values: [...new Set(each.flatMap(({ values }) => values))],
    patterns: each.flatMap(({ patterns }) => patterns),
  };
}

/** For texts that are one whatever is chosen: legends, titles. */
export function replaced(text: string, scopedVars: ScopedVars): string {
  return getTemplateSrv().replace(text, scopedVars, 'csv');
}

/** RE2 and JavaScript alike. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function mark(value: unknown): string {
  const values = (Array.isArray(value) ? value : [value]).filter((one) => one !== undefined && one !== null);
  return `${OPEN}${values.map(String).join(BETWEEN)}${CLOSE}`;
}

function markPattern(value: unknown, variable?: { readonly multi?: boolean; readonly includeAll?: boolean }): string {
  const isWritten = !Array.isArray(value) && variable?.multi !== true && variable?.includeAll !== true;
  return isWritten ? mark(value) : mark((Array.isArray(value) ? value : [value]).map(escapeValue));
}

/** `$__all` is no value. */
function escapeValue(value: unknown): string {
  return value === ALL ? ALL : escapePattern(String(value));
}

/** `a-‹1,2›-‹x,y›`: every combination. */
function products(marked: string): string[] {
  const found = MARKED.exec(marked);
  if (found === null) {
    return marked === '' ? [] : [marked];
  }
  const before = marked.slice(0, found.index);
  const whole = before === '' && found[0] === marked;
  const after = marked.slice(found.index + found[0].length);
  const tails = after === '' ? [''] : products(after);
  const values = (found[1] ?? '').split(BETWEEN).filter((value) => !whole || value !== '');
  return values.flatMap((value) => tails.map((tail) => before + value + tail));
}

function isAllValue(text: string): boolean {
  return getTemplateSrv()
    .getVariables()
    .some((variable) => 'allValue' in variable && variable.allValue === text);
}
