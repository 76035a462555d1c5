import type { Format } from '../exposition/page';

interface Range {
  readonly name: string;
  readonly version: string | undefined;
  readonly quality: number;
}

interface Preference {
  readonly quality: number;
  /** How exactly the header names what we have: the more exact range decides. */
  readonly exactness: number;
}

const REMEMBERED_HEADERS = 64;
const NOT_WANTED: Preference = { quality: 0, exactness: -1 };

/** The format an Accept header asks for; text when it asks for neither, as Prometheus' own exporters do. */
export const negotiateFormat = remember((accept): Format => {
  const ranges = parseRanges(accept);
  const text = preferenceFor(ranges, 'text/plain', '0.0.4');
  const openmetrics = preferenceFor(ranges, 'application/openmetrics-text', '1.0.0');
  const lead = openmetrics.quality - text.quality || openmetrics.exactness - text.exactness;
  return openmetrics.quality > 0 && lead > 0 ? 'openmetrics' : 'text';
});

/** True when an Accept-Encoding header allows gzip and does not like plain bytes better. */
export const acceptsGzip = remember((acceptEncoding): boolean => {
  const ranges = parseRanges(acceptEncoding);
  const quality = (name: string) => ranges.find((range) => range.name === name)?.quality;
  const gzip = quality('gzip') ?? quality('*') ?? 0;
  return gzip > 0 && gzip >= (quality('identity') ?? 0);
});

function preferenceFor(ranges: readonly Range[], type: string, version: string): Preference {
  return ranges
    .map((range) => ({ quality: range.quality, exactness: exactness(range, type, version) }))
    .filter((preference) => preference.exactness >= 0)
    .reduce((best, next) => {
      const lead = next.exactness - best.exactness || next.quality - best.quality;
      return lead > 0 ? next : best;
    }, NOT_WANTED);
}

/** -1: the range does not cover the type. */
function exactness(range: Range, type: string, version: string): number {
  if (range.name === '*/*') return 0;
  if (range.name === `${type.slice(0, type.indexOf('/'))}/*`) return 1;
  if (range.name !== type) return -1;
  if (range.version === undefined) return 2;
  return range.version === version ? 3 : -1;
}

/** Reads `name;param=value;q=0.5, ...`. A quality nobody can read is 0. */
function parseRanges(header: string): readonly Range[] {
  return header.split(',').map((item) => {
    const [name = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
    const value = (key: string) =>
      parameters
        .find((parameter) => parameter.startsWith(`${key}=`))
        ?.slice(key.length + 1)
        .replaceAll('"', '');
    const quality = Number(value('q') ?? 1);
    return { name, version: value('version'), quality: quality >= 0 && quality <= 1 ? quality : 0 };
  });
}

/** Clients send the same long header with every request: decisions are kept per header text. */
function remember<Decision>(decide: (header: string) => Decision): (header: string | undefined) => Decision {
  const known = new Map<string, Decision>();
  return (header = '') => {
    let decision = known.get(header);
    if (decision === undefined) {
      decision = decide(header);
      if (known.size >= REMEMBERED_HEADERS) known.clear();
      known.set(header, decision);
    }
    return decision;
  };
}
