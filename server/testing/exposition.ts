export interface ExposedSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface ExposedFamily {
  readonly name: string;
  /** Empty where the page does not say. */
  readonly type: string;
  readonly help: string;
  readonly samples: readonly ExposedSample[];
}

interface OpenFamily extends ExposedFamily {
  type: string;
  help: string;
  readonly samples: ExposedSample[];
}

const COMMENT = /^# (HELP|TYPE) ([a-zA-Z_:][\w:]*)(?: (.*))?$/s;
const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/s;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\[\\"n])*)"(?:,|$)/y;
const NUMBER = /^(?:NaN|[+-]?Inf|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)$/;
const TYPES = ['counter', 'gauge', 'summary', 'histogram', 'untyped'];
const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  summary: ['_sum', '_count'],
  histogram: ['_bucket', '_sum', '_count'],
};

/**
 * Reads a page of Prometheus text 0.0.4 (without timestamps): its families by name. Stricter than Prometheus, as our
 * own page has to be: throws, naming the line, at a syntax error, a family in two places, metadata given twice or
 * behind the samples, a series given twice, and a histogram whose buckets do not add up.
 */
export function parseExposition(text: string): ReadonlyMap<string, ExposedFamily> {
  if (text !== '' && !text.endsWith('\n')) throw new Error('the last line has no line feed');
  const reader = new PageReader();
  text.split('\n').forEach((line, index) => {
    try {
      reader.read(line);
    } catch (error) {
      throw new Error(`line ${index + 1}, ${line}: ${(error as Error).message}`, { cause: error });
    }
  });
  for (const family of reader.families.values()) if (family.type === 'histogram') checkHistogram(family);
  return reader.families;
}

class PageReader {
  readonly families = new Map<string, OpenFamily>();
  private readonly series = new Set<string>();
  private current: OpenFamily = { name: '', type: '', help: '', samples: [] };

  read(line: string): void {
    const comment = COMMENT.exec(line);
    const sample = SAMPLE.exec(line);
    if (comment !== null) this.readComment(comment);
    else if (sample !== null) this.readSample(sample);
    else if (line !== '' && !/^#(?! (?:HELP|TYPE) )/.test(line)) throw new Error('neither comment nor sample');
  }

  private readComment([, keyword, name, rest = '']: RegExpExecArray): void {
    this.enter(name!);
    const key = keyword === 'TYPE' ? 'type' : 'help';
    if (this.current.samples.length > 0) throw new Error(`${keyword} behind the samples`);
    if (this.current[key] !== '') throw new Error(`a second ${keyword}`);
    if (key === 'type' && !TYPES.includes(rest)) throw new Error(`no such type: ${rest}`);
    this.current[key] = key === 'help' ? unescape(rest) : rest;
  }

  private readSample([, name, labelText = '', valueText]: RegExpExecArray): void {
    const suffixes = SUFFIXES[this.current.type] ?? [];
    if (!suffixes.some((suffix) => name === this.current.name + suffix)) this.enter(name!);
    const sample = { name: name!, labels: parseLabels(labelText), value: parseValue(valueText!) };
    const key = seriesKey(sample.name, sample.labels);
    if (this.series.has(key)) throw new Error('a series given twice');
    this.series.add(key);
    this.current.samples.push(sample);
  }

  /** Makes the family of this name the current one. */
  private enter(name: string): void {
    if (this.current.name === name) return;
    if (this.families.has(name)) throw new Error(`${name} is in two places`);
    this.current = { name, type: '', help: '', samples: [] };
    this.families.set(name, this.current);
  }
}

/** The value of the sample with this name and exactly these labels; undefined: there is none. */
export function sampleValue(
  families: ReadonlyMap<string, ExposedFamily>,
  name: string,
  labels: Readonly<Record<string, string>> = {}
): number | undefined {
  const family = families.get(name) ?? families.get(name.replace(/_(?:bucket|sum|count)$/, ''));
  const key = seriesKey(name, labels);
  return family?.samples.find((sample) => seriesKey(sample.name, sample.labels) === key)?.value;
}

/** The same text for the same series, however its labels are ordered. */
function seriesKey(name: string, labels: Readonly<Record<string, string>>): string {
  return `${name}${JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))}`;
}

function parseLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < text.length) {
    const [, name, value] = LABEL.exec(text) ?? [];
    if (name === undefined) throw new Error('labels that cannot be read');
    if (Object.hasOwn(labels, name)) throw new Error(`label ${name} given twice`);
    labels[name] = unescape(value!);
  }
  return labels;
}

function parseValue(text: string): number {
  if (!NUMBER.test(text)) throw new Error(`not a number: ${text}`);
  return Number(text.replace('Inf', 'Infinity'));
}

function unescape(text: string): string {
  return text.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
}

/** Buckets only ever grow with `le`, and the last is +Inf and equal to `_count`. */
function checkHistogram(family: ExposedFamily): void {
  const perSeries = Map.groupBy(
    family.samples.filter(({ name }) => name.endsWith('_bucket')),
    ({ labels }) => seriesKey(`${family.name}_count`, withoutBound(labels))
  );
  const counts = new Map(family.samples.map(({ name, labels, value }) => [seriesKey(name, labels), value]));
  for (const [count, buckets] of perSeries) {
    const bounds = buckets.map(({ labels }) => parseValue(labels['le'] ?? ''));
    const values = [...buckets.map(({ value }) => value), counts.get(count)];
    if (!isAscending(bounds) || bounds.at(-1) !== Infinity || !isAscending(values) || values.at(-1) !== values.at(-2)) {
      throw new Error(`${count}: buckets ${bounds.join()} with ${values.join()} do not add up`);
    }
  }
}

function withoutBound(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => name !== 'le'));
}

function isAscending(values: readonly (number | undefined)[]): boolean {
  return values.every((value, index) => index === 0 || value! >= values[index - 1]!);
}
