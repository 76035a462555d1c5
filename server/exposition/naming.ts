import type { FamilyDescriptor } from '../model/family';
import type { SamplePart, Series } from '../model/samples';
import type { Format } from './page';

const OWN = 'redis_vitals_';
const TOTAL = '_total';
const INFO = '_info';

/** A name under another namespace: `redis_up` becomes `cache_up`; the collector's own `redis_vitals_*` stay. */
export function inNamespace(name: string, namespace: string): string {
  return name.startsWith('redis_') && !name.startsWith(OWN) ? `${namespace}${name.slice('redis'.length)}` : name;
}

/**
 * What the name of a series' family ends with. OpenMetrics wants quantiles between 0 and 1, while those of compatible
 * names are percentages: quantiles, sums and counts are families of their own there, so that samples keep their names.
 */
export function familySuffix({ family, part }: Series, format: Format): SamplePart {
  return format === 'openmetrics' && family.type === 'summary' ? part : '';
}

/**
 * `# HELP` and `# TYPE` of a family. OpenMetrics names a counter without `_total` and an info without `_info`; a
 * counter whose compatible name lacks the ending is `unknown` there, because renaming its samples would break every
 * dashboard; so are the parts of a summary.
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
  return [name, type === 'summary' ? 'unknown' : type];
}

function escapeHelp(help: string, format: Format): string {
  const escaped = help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return format === 'text' ? escaped : escaped.replaceAll('"', '\\"');
}

/** A label with its value escaped: `name="va\"lue"`. */
export function labelText(name: string, value: string): string {
  return `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
