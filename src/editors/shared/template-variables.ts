import { getTemplateSrv } from '@grafana/runtime';
import type { ComboboxOption } from '@grafana/ui';

/** Types whose values are words, such as the names of targets. */
const WORDS = new Set<string>(['query', 'custom', 'textbox', 'constant']);

/** The dashboard's variables as `$name`, to stand where a value stands; those whose name has what is searched for. */
export function variableOptions(search = ''): Array<ComboboxOption<string>> {
  return getTemplateSrv()
    .getVariables()
    .filter(({ type, name }) => WORDS.has(type) && `$${name}`.toLowerCase().includes(search.toLowerCase()))
    .map(({ name, label }) => ({
      value: `$${name}`,
      label: `$${name}`,
      description: label ? `Variable: ${label}` : 'Variable of the dashboard',
      group: 'Variables',
    }));
}
