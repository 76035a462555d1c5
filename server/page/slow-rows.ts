import type { TableAnswer } from '../api/contract.ts';

/** An entry of a slow log, or of one of the logs of Valkey's COMMANDLOG. */
export interface SlowRow {
  readonly instance: string;
  readonly timeMs: number;
  /** Absent: it is in a log of large requests or replies. */
  readonly tookMicroseconds: number | undefined;
  readonly sizeBytes: number | undefined;
  /** The command, and what was kept of its arguments. */
  readonly text: string;
  readonly client: string;
}

/** The rows of the table `slowlog`, in its order. */
export function slowRows({ columns }: TableAnswer): SlowRow[] {
  const column = (name: string) => columns.find((one) => one.name === name)?.values ?? [];
  const texts = (name: string) => column(name).map((value) => (typeof value === 'string' ? value : ''));
  const numbers = (name: string) => column(name).map((value) => (typeof value === 'number' ? value : undefined));
  const [instances, commands, arguments_] = [texts('instance'), texts('command'), texts('text')];
  const [addresses, clients] = [texts('client_address'), texts('client_name')];
  const [times, durations, sizes] = [numbers('time'), numbers('duration'), numbers('size')];
  return instances.map((instance, row) => ({
    instance,
    timeMs: times[row] ?? 0,
    tookMicroseconds: durations[row],
    sizeBytes: sizes[row],
    text: [(commands[row] ?? '').replace('|', ' '), arguments_[row]].filter(Boolean).join(' '),
    client: clients[row] || addresses[row] || '',
  }));
}
