import type { ScopedVars, TypedVariableModel } from '@grafana/data';
import { setTemplateSrv, type TemplateSrv } from '@grafana/runtime';

export interface FakeVariable {
  readonly value: string | readonly string[];
  readonly multi?: boolean;
  /** All is chosen, and this stands for it: Grafana does not format it. */
  readonly allValue?: string;
}

type Format = (value: unknown, variable: object) => string;

/** A dashboard's variables, replaced as Grafana does it: `$name`, `${name}`, formatters, scoped variables. */
export function fakeTemplates(variables: Readonly<Record<string, FakeVariable | string>> = {}): void {
  const models = Object.entries(variables).map(([name, given]) => ({
    name,
    ...(typeof given === 'string' ? { value: given } : given),
  }));
  const find = (name: string, scopedVars: ScopedVars) =>
    name in scopedVars
      ? { name, value: scopedVars[name]?.value as string }
      : models.find((variable) => variable.name === name);
  const templates: TemplateSrv = {
    getVariables: () => models.map((variable) => ({ type: 'query', ...variable }) as unknown as TypedVariableModel),
    containsTemplate: (text = '') => /\$\w|\$\{/.test(text),
    updateTimeRange: () => undefined,
    replace: (text = '', scopedVars = {}, format = 'glob') =>
      text.replace(/\$\{(\w+)\}|\$(\w+)/g, (whole, braced?: string, bare?: string) => {
        const variable = find(braced ?? bare ?? '', scopedVars);
        if (variable === undefined) {
          return whole;
        }
        if ('allValue' in variable && variable.allValue !== undefined) {
          return variable.allValue;
        }
        return typeof format === 'function' ? (format as Format)(variable.value, variable) : String(variable.value);
      }),
  };
  setTemplateSrv(templates);
}
