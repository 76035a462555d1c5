import { readdirSync, readFileSync } from 'node:fs';

/** What `ulimit` calls unlimited, as every Prometheus client writes it. */
const UNLIMITED = 2 ** 64;
/** Place of the size of the address space behind the name of the process in /proc/self/stat. */
const VIRTUAL_BYTES = 20;

/** Bytes of virtual memory. This and all below is undefined where there is no /proc, as outside Linux. */
export function readVirtualBytes(): number | undefined {
  const stat = readProc('stat');
  // The name stands in parentheses and may hold blanks itself: fields are counted from behind it.
  return stat === undefined ? undefined : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[VIRTUAL_BYTES]);
}

export function countOpenFiles(): number | undefined {
  try {
    return readdirSync('/proc/self/fd').length - 1; // reading the directory opens it
  } catch {
    return undefined; // no /proc
  }
}

export interface Limits {
  readonly openFiles: number;
  readonly virtualBytes: number;
}

/** What the process may take up. */
export function readLimits(): Limits | undefined {
  const text = readProc('limits');
  if (text === undefined) return undefined;
  const limit = (name: string): number => {
    const soft = new RegExp(`^${name} +(\\S+)`, 'm').exec(text)?.[1];
    return soft === 'unlimited' ? UNLIMITED : Number(soft);
  };
  return { openFiles: limit('Max open files'), virtualBytes: limit('Max address space') };
}

export interface NetworkBytes {
  readonly received: number;
  readonly sent: number;
}

/** Traffic of all processes in the network namespace of ours. */
export function readNetworkBytes(): NetworkBytes | undefined {
  // Two lines: names, and values in the same order.
  const [names, values] = (readProc('net/netstat') ?? '')
    .split('\n')
    .filter((line) => line.startsWith('IpExt:'))
    .map((line) => line.split(' '));
  if (names === undefined || values === undefined) return undefined;
  const value = (name: string) => Number(values[names.indexOf(name)]);
  return { received: value('InOctets'), sent: value('OutOctets') };
}

function readProc(file: string): string | undefined {
  try {
    return readFileSync(`/proc/self/${file}`, 'utf8');
  } catch {
    return undefined; // no /proc
  }
}
