import { ownCopy } from '../util/own-copy';
import { WeakPool } from '../util/weak-pool';

/** A section of INFO: its fields are `keys[from]` up to, not including, `keys[to]`. */
export interface InfoSection {
  /** As the server writes it: `Memory`, `Commandstats`, a module's own name. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The fields an INFO reply has, without their values. While a server gives the same fields in the same order, poll
 * after poll shares one shape object, on which collectors hang what they have worked out about it.
 */
export interface InfoShape {
  readonly keys: readonly string[];
  readonly sections: readonly InfoSection[];
  /** Place of a field; of its first occurrence when a module repeats a name. */
  readonly index: ReadonlyMap<string, number>;
}

/** A parsed INFO reply: `values[i]` is the text behind `shape.keys[i]:`. */
export interface InfoReply {
  readonly shape: InfoShape;
  readonly values: readonly string[];
}

const HASH = 35;
const CARRIAGE_RETURN = 13;

/**
 * Parses the text of INFO (all versions; lines end in CRLF, sections start with `# Name`). Lines without a colon are
 * passed over. `previous` may have the shape of an earlier reply: it saves time, never changes the outcome.
 */
export function parseInfo(text: string, previous?: { readonly shape: InfoShape }): InfoReply {
  const known = previous?.shape.keys ?? [];
  const keys: string[] = [];
  const values: string[] = [];
  const starts: { name: string; from: number }[] = [];
  let isSame = true;
  for (let position = 0; position < text.length;) {
    const newline = text.indexOf('\n', position);
    const next = newline === -1 ? text.length : newline;
    const end = next > position && text.charCodeAt(next - 1) === CARRIAGE_RETURN ? next - 1 : next;
    if (text.charCodeAt(position) === HASH) {
      starts.push({ name: text.slice(position + 1, end).trim(), from: keys.length });
    } else {
      const colon = text.indexOf(':', position);
      if (colon !== -1 && colon < end) {
        const key = text.slice(position, colon);
        isSame &&= key === known[keys.length];
        keys.push(key);
        values.push(text.slice(colon + 1, end));
      }
    }
    position = next + 1;
  }
  if (previous !== undefined && isSame && keys.length === known.length && hasSections(previous.shape, starts)) {
    return { shape: previous.shape, values };
  }
  return { shape: toShape(keys, starts), values };
}

/** The text of a field, whichever section it stands in (fields move between sections from version to version). */
export function infoField(info: InfoReply, field: string): string | undefined {
  const index = info.shape.index.get(field);
  return index === undefined ? undefined : info.values[index];
}

/** The section of that name, in any letter case; undefined when the server has none. */
export function infoSection(shape: InfoShape, name: string): InfoSection | undefined {
  const wanted = name.toLowerCase();
  return shape.sections.find((section) => section.name.toLowerCase() === wanted);
}

function hasSections(shape: InfoShape, starts: readonly { name: string; from: number }[]): boolean {
  return (
    shape.sections.length === starts.length &&
    shape.sections.every((section, i) => {
      const start = starts[i];
      return section.name === start?.name && section.from === start.from;
    })
  );
}

/** Servers of one kind share a shape, and with it all that collectors have worked out about it. */
const shapes = new WeakPool<InfoShape>();

function toShape(keys: readonly string[], starts: readonly { name: string; from: number }[]): InfoShape {
  const sectionsKey = starts.map(({ name, from }) => `${name} ${from}`).join('\n');
  return shapes.get(`${keys.length}\n${sectionsKey}\n\n${keys.join('\n')}`, () => makeShape(keys.map(ownCopy), starts));
}

function makeShape(keys: readonly string[], starts: readonly { name: string; from: number }[]): InfoShape {
  const index = new Map<string, number>();
  keys.forEach((key, at) => {
    if (!index.has(key)) index.set(key, at);
  });
  const sections = starts.map((start, i) => ({
    name: ownCopy(start.name),
    from: start.from,
    to: starts[i + 1]?.from ?? keys.length,
  }));
  return { keys, sections, index };
}
