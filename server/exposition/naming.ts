import type { FamilyDescriptor } from '../model/family';
import type { Format } from './page';

const OWN = 'redis_vitals_';
const TOTAL = '_total';
const INFO = '_info';

/** A name under another namespace: `redis_up` becomes `cache_up`; the collector's own `redis_vitals_*` stay. */
export function inNamespace(name: string, namespace: string): string {
  return name.startsWith('redis_') && !name.startsWith(OWN) ? `${namespace}${name.slice('redis'.length)}` : name;
}

/**
 * `# HELP` and `# TYPE` of a family. OpenMetrics names a counter without `_total` and an info without `_info`; a
 * counter whose compatible name lacks the ending is `unknown` there, because renaming its samples would break every
 * dashboard.
 */
export function familyHeader(family: FamilyDescriptor, name: string, format: Format): string {
  const [shown, type] = format === 'text' ? [name, textType(family)] : openMetricsType(family, name);
  return `# HELP ${shown} ${escapeHelp(family.help, format)}\n# TYPE ${shown} ${type}\n`;
}

function textType({ type }: FamilyDescriptor): string {
  return type === 'info' ? 'gauge' : type;
}

function openMetricsType({ type }: FamilyDescriptor, name: string): [shown: string, type: string] {
  if (type === 'counter') return name.endsWith(TOTAL) ? [name.slice(0, -TOTAL.length), type] : [name, 'unknown'];
  if (type === 'info') return name.endsWith(INFO) ? [name.slice(0, -INFO.length), type] : [name, 'gauge'];
  return [name, type];
}

function escapeHelp(help: string, format: Format): string {
  const escaped = help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return format === 'text' ? escaped : escaped.replaceAll('"', '\\"');
}

/** A label with its value escaped: `name="va\"lue"`. */
export function labelText(name: string, value: string): string {
  return `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
