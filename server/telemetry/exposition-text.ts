/** As `Format` of the exposition, which this folder does not know. */
export type TextFormat = 'text' | 'openmetrics';

type Labels = Readonly<Partial<Record<string, string | number>>>;

/** What prom-client gives of a metric family. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly values: readonly { readonly value: number; readonly labels: Labels; readonly metricName?: string }[];
}

/**
 * Writes families in either format from one collection. prom-client's own writer collects again for each format, and
 * having written OpenMetrics once, it has cut `_total` off the counters' names for good.
 */
export function writeFamilies(families: readonly Family[], format: TextFormat): string {
  return families.map((family) => writeFamily(family, format)).join('');
}

function writeFamily({ name, help, type, values }: Family, format: TextFormat): string {
  const isOpenMetrics = format === 'openmetrics';
  const familyName = isOpenMetrics && type === 'counter' ? name.replace(/_total$/, '') : name;
  const helpText = isOpenMetrics ? escapeQuoted(help) : escapeLine(help);
  const lines = values.map(
    ({ value, labels, metricName = name }) => `${metricName}${writeLabels(labels)} ${writeNumber(value)}\n`
  );
  return `# HELP ${familyName} ${helpText}\n# TYPE ${familyName} ${type}\n${lines.join('')}`;
}

function writeLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeQuoted(String(value))}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function writeNumber(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}

function escapeLine(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function escapeQuoted(text: string): string {
  return escapeLine(text).replaceAll('"', '\\"');
}
