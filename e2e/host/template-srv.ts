import type { AdHocVariableFilter, ScopedVars, TypedVariableModel } from '@grafana/data';
import type { TemplateSrv } from '@grafana/runtime';

const PATTERN = /\$(\w+)|\[\[(\w+?)(?::(\w+))?\]\]|\$\{(\w+)(?:\.([^:^}]+))?(?::([^}]+))?\}/g;
export const ALL = '$__all';

export interface HostVariable {
  readonly name: string;
  /** One with `multi`, or `$__all`. */
  readonly value: readonly string[];
  readonly options: readonly string[];
  readonly multi: boolean;
}

type Format = string | ((value: string | string[], variable: object) => string);

/** Grafana's template service: variables with one value, several, or All; formats; scoped variables first. */
export class HostTemplateSrv implements TemplateSrv {
  variables: readonly HostVariable[] = [];
  filters: AdHocVariableFilter[] = [];

  getVariables(): TypedVariableModel[] {
    return this.variables.map(model) as unknown as TypedVariableModel[];
  }

  /** Not in the public type, but there. */
  getAdhocFilters(): AdHocVariableFilter[] {
    return this.filters;
  }

  containsTemplate(target?: string): boolean {
    return [...(target ?? '').matchAll(PATTERN)].some((match) =>
      this.variables.some(({ name }) => name === nameOf(match))
    );
  }

  updateTimeRange(): void {}

  replace(target?: string, scoped: ScopedVars = {}, format?: Format): string {
    return (target ?? '').replace(PATTERN, (...args: string[]) => {
      const match = args as unknown as RegExpMatchArray;
      const name = nameOf(match);
      const wanted: Format | undefined = match[6] ?? match[3] ?? format;
      const own = scoped[name];
      if (own !== undefined) return formatValue(own.value as string | string[], wanted, { name });
      const variable = this.variables.find((one) => one.name === name);
      return variable === undefined ? (match[0] ?? '') : formatValue(valueOf(variable), wanted, model(variable));
    });
  }
}

function nameOf(match: RegExpMatchArray): string {
  return match[1] ?? match[2] ?? match[4] ?? '';
}

function valueOf({ value, options, multi }: HostVariable): string | string[] {
  if (value.includes(ALL)) return [...options];
  return multi ? [...value] : (value[0] ?? '');
}

function model(variable: HostVariable): object {
  const { name, multi, value, options } = variable;
  const current = multi ? [...value] : value[0];
  return {
    ...{ type: 'query', name, id: name, label: name, multi, includeAll: multi },
    current: { text: value.includes(ALL) ? ['All'] : current, value: current },
    options: options.map((text) => ({ text, value: text, selected: value.includes(text) })),
  };
}

function formatValue(value: string | string[], format: Format | undefined, variable: object): string {
  if (typeof format === 'function') return format(value, variable);
  const list = Array.isArray(value) ? value : [value];
  switch (format) {
    case 'csv':
    case 'raw':
      return list.join(',');
    case 'json':
      return JSON.stringify(value);
    case 'pipe':
      return list.join('|');
    case 'text':
      return list.join(' + ');
    case 'singlequote':
      return list.map((one) => `'${one}'`).join(',');
    case 'doublequote':
      return list.map((one) => `"${one}"`).join(',');
    case 'regex': {
      const escaped = list.map((one) => one.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
      return escaped.length === 1 ? (escaped[0] ?? '') : `(${escaped.join('|')})`;
    }
    default:
      return list.length === 1 ? (list[0] ?? '') : `{${list.join(',')}}`;
  }
}
