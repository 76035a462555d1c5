/** Gives a saved value as it should be, itself where it is; undefined where it cannot be understood. */
export type Reader = (saved: unknown) => unknown;

/** Also a text that says nothing, as while it is typed. */
export const text: Reader = (saved) => (typeof saved === 'string' ? saved : undefined);

export const flag: Reader = (saved) => (typeof saved === 'boolean' ? saved : undefined);

/** From 1; also as a text, as an input has it. */
export const wholeNumber: Reader = (saved) => {
  const number = toNumber(saved);
  return Number.isInteger(number) && number >= 1 ? number : undefined;
};

export function numberBetween(least: number, greatest: number): Reader {
  return (saved) => {
    const number = toNumber(saved);
    return number >= least && number <= greatest ? number : undefined;
  };
}

function toNumber(saved: unknown): number {
  return typeof saved === 'number' ? saved : typeof saved === 'string' && saved.trim() !== '' ? Number(saved) : NaN;
}

/** One of the words; the compiler sees to it that there are all of them. */
export function oneOf<Word extends string>(words: Readonly<Record<Word, true>>): Reader {
  return (saved) => (typeof saved === 'string' && Object.hasOwn(words, saved) ? saved : undefined);
}

/** Those that can be understood. */
export function list(read: Reader): Reader {
  return (saved) => {
    if (!Array.isArray(saved)) {
      return undefined;
    }
    const values: unknown[] = saved.map(read).filter((value) => value !== undefined);
    return values.length === saved.length && values.every((value, at) => value === saved[at]) ? saved : values;
  };
}

export const texts: Reader = list(text);

export function choices<Word extends string>(words: Readonly<Record<Word, true>>): Reader {
  return list(oneOf(words));
}

export type Readers = Readonly<Record<string, Reader>>;

/** With these properties and no others, which the collector would refuse; nothing where one that is needed is wrong. */
export function object(needed: Readers, optional: Readers = {}): Reader {
  return (saved) => {
    if (typeof saved !== 'object' || saved === null || Array.isArray(saved)) {
      return undefined;
    }
    const properties = new Map<string, unknown>(Object.entries(saved));
    const read = new Map<string, unknown>();
    for (const [name, reader] of Object.entries({ ...needed, ...optional })) {
      const value = reader(properties.get(name));
      if (value !== undefined) {
        read.set(name, value);
      } else if (Object.hasOwn(needed, name)) {
        return undefined;
      }
    }
    const isAsItWas =
      read.size === properties.size && [...read].every(([name, value]) => properties.get(name) === value);
    return isAsItWas ? saved : Object.fromEntries(read);
  };
}
