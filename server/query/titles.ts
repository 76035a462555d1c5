import type { FamilyDescriptor } from '../model/family';

const ACRONYMS = new Map(
  ['AOF', 'RDB', 'CPU', 'RSS', 'TTL', 'TLS', 'ACL', 'I/O', 'DB', 'VM', 'COW', 'ID', 'IP', 'CA', 'HNSW', 'PSYNC'].map(
    (word) => [word.replace('/', '').toLowerCase(), word]
  )
);
/** Endings that say what one unit is, or the type: the answer gives the unit, and values have another one at times. */
const ENDING = /_total$|(?<!_per)(?:_in)?_(?:seconds|sec|milliseconds|ms|usec|kbps|perc)$/;

/** `used_memory_rss` becomes `Used memory RSS`. */
export function titleOf(field: string): string {
  const words = field.replace(ENDING, '').split(/[_\s-]+/);
  const text = words.map((word) => ACRONYMS.get(word) ?? word).join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A title from the name of a family, for families whose field says too little: `Commands duration`. */
export function titleOfFamily({ name }: FamilyDescriptor): string {
  return titleOf(stemOf(name).replace(/_total$/, ''));
}

/** The name of a family without the words all names begin with. */
export function stemOf(name: string): string {
  return name.replace(/^redis_(?:vitals_|exporter_)?/, '');
}
