import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askText, sendCommand } from './admin';
import { HOST } from './ports';
import type { Processes, Running } from './processes';
import { configurationOf, kindOf, MASTER_NAME, namesOf, type DemoTarget, type Kind, type Ports } from './topology';
import { until } from './wait';

const SLOTS = 16_384;

export interface ServerParts {
  readonly processes: Processes;
  /** Path of redis-server. */
  readonly program: string;
  /** Each server gets a directory of its own in it. */
  readonly directory: string;
  readonly ports: Ports;
  readonly signal: AbortSignal;
}

/** Starts all servers; resolves when replicas are in step, the sentinel knows them, and the cluster serves all slots. */
export async function startServers(parts: ServerParts): Promise<ReadonlyMap<DemoTarget, Running>> {
  const replicated = startAll('cache', parts).then(async (caches) => {
    await linkReplicas(parts);
    return [...caches, ...(await startSentinel(parts))];
  });
  const cluster = startAll('cluster', parts).then(async (nodes) => {
    await joinCluster(parts);
    return nodes;
  });
  return new Map((await Promise.all([replicated, cluster])).flat());
}

async function startAll(kind: Kind, parts: ServerParts): Promise<[DemoTarget, Running][]> {
  return Promise.all(namesOf(kind).map(async (name) => [name, await startServer(name, parts)]));
}

async function startServer(name: DemoTarget, parts: ServerParts): Promise<Running> {
  const { processes, program, directory, ports, signal } = parts;
  const home = join(directory, name);
  const file = join(home, 'redis.conf');
  await mkdir(home);
  await writeFile(file, [...configurationOf(name, ports, home), ''].join('\n'));
  const running = processes.start(name, program, [file, ...(kindOf(name) === 'sentinel' ? ['--sentinel'] : [])]);
  const answers = async (): Promise<boolean> => (await sendCommand(ports[name], 'PING')) === 'PONG';
  await until(answers, `${name} to answer`, signal);
  return running;
}

async function linkReplicas({ ports, signal }: ServerParts): Promise<void> {
  for (const name of namesOf('cache').slice(1)) {
    const isLinked = async (): Promise<boolean> =>
      (await askText(ports[name], 'INFO', 'replication')).includes('master_link_status:up');
    await until(isLinked, `${name} to be in step with its master`, signal);
  }
}

/** Once the replicas are there: the sentinel looks for others only every ten seconds. */
async function startSentinel(parts: ServerParts): Promise<[DemoTarget, Running][]> {
  const { ports, signal } = parts;
  const started = await startAll('sentinel', parts);
  const knowsAll = async (): Promise<boolean> => {
    const replicas = await sendCommand(ports['sentinel-1'], 'SENTINEL', 'SLAVES', MASTER_NAME);
    return Array.isArray(replicas) && replicas.length === namesOf('cache').length - 1;
  };
  await until(knowsAll, 'the sentinel to know the replicas', signal);
  return started;
}

async function joinCluster({ ports, signal }: ServerParts): Promise<void> {
  const nodes = namesOf('cluster').map((name) => ports[name]);
  const share = Math.ceil(SLOTS / nodes.length);
  await Promise.all(
    nodes.map(async (port, at) => {
      const end = Math.min((at + 1) * share, SLOTS);
      const slots = Array.from({ length: end - at * share }, (_, slot) => `${at * share + slot}`);
      await sendCommand(port, 'CLUSTER', 'SET-CONFIG-EPOCH', `${at + 1}`);
      await sendCommand(port, 'CLUSTER', 'ADDSLOTS', ...slots);
    })
  );
  const [first, ...others] = nodes;
  for (const port of others) await sendCommand(port, 'CLUSTER', 'MEET', HOST, `${first ?? ''}`);
  for (const port of nodes) {
    const isWhole = async (): Promise<boolean> => {
      const info = await askText(port, 'CLUSTER', 'INFO');
      return info.includes('cluster_state:ok') && info.includes(`cluster_slots_ok:${SLOTS}`);
    };
    await until(isWhole, 'the cluster to serve all slots', signal);
  }
}
