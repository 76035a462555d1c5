import { askText, sendCommand } from './admin';
import { MASTER_NAME, namesOf, type Ports } from './topology';
import { until } from './wait';

interface FailoverParts {
  readonly ports: Ports;
  readonly everyMs: number;
  readonly say: (line: string) => void;
}

/** Has the sentinel make another cache the master again and again; the returned function ends that. */
export function startFailovers({ ports, everyMs, say }: FailoverParts): () => void {
  if (everyMs === 0) return () => undefined;
  const ending = new AbortController();
  const round = async (): Promise<void> => {
    try {
      say(await failOver(ports, ending.signal));
    } catch (error) {
      if (!ending.signal.aborted) say(`no failover this time: ${(error as Error).message}`); // all that is thrown here
    }
    next();
  };
  let timer: NodeJS.Timeout | undefined;
  const next = (): void => {
    if (!ending.signal.aborted) timer = setTimeout(() => void round(), everyMs);
  };
  next();
  return () => {
    ending.abort();
    clearTimeout(timer);
  };
}

async function failOver(ports: Ports, signal: AbortSignal): Promise<string> {
  const sentinel = ports['sentinel-1'];
  const before = await masterName(ports);
  await sendCommand(sentinel, 'SENTINEL', 'FAILOVER', MASTER_NAME);
  await until(async () => (await masterName(ports)) !== before, 'the sentinel to name another master', signal);
  return `failover: the master was ${before} and is now ${await masterName(ports)}`;
}

async function masterName(ports: Ports): Promise<string> {
  const address = await askText(ports['sentinel-1'], 'SENTINEL', 'GET-MASTER-ADDR-BY-NAME', MASTER_NAME);
  const port = address.split(',').at(-1) ?? '';
  return namesOf('cache').find((name) => `${ports[name]}` === port) ?? address;
}
