import type { FamilyDescriptor } from '../../server/model/family';
import type { Layout, Series } from '../../server/model/samples';

/** Puts the values of a target's next poll into `values`, which has a place for each series. */
export type NextPoll = (target: number, values: Float64Array) => void;

/** A kind of samples that can be made without end, the same again each time. */
export interface Mix {
  readonly name: string;
  readonly layout: Layout;
  /** Begins anew. */
  start(targets: number): NextPoll;
}

/** INFO's words for what the benchmark asks for; every mix begins with their series. */
export const ASKED = { gauge: 'used_memory', counter: 'total_commands_processed' } as const;

/** So many series: those asked for, then of the others as many from each part of the list. */
export function chooseSeries(series: readonly Series[], count: number): readonly Series[] {
  const asked = Object.values(ASKED).map((field) => findField(series, field));
  const others = series.filter((one) => !asked.includes(one));
  const wanted = Math.min(count - asked.length, others.length);
  const step = others.length / wanted;
  return [...asked, ...Array.from({ length: wanted }, (_, index) => others[Math.floor(index * step)]!)];
}

function findField(series: readonly Series[], field: string): Series {
  const found = series.find(({ family, part }) => family.source.field === field && part === '');
  if (found === undefined) throw new Error(`INFO's ${field} is not among the series`);
  return found;
}

/** Things that only ever grow while a server runs, whatever type their family has. */
export function isGrowing({ family, part }: Series): boolean {
  return family.type === 'counter' || part !== '' || GROWING.has(family.source.field ?? '');
}

const GROWING: ReadonlySet<FamilyDescriptor['source']['field']> = new Set(['uptime_in_seconds', 'server_time_usec']);
