import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { ErrorReply, type Reply } from '../model/command';
import type { Certificates } from './certificates';
import { startProcess, type RunningProcess } from './child-process';
import { temporaryDirectory } from './cleanup';
import { freePort } from './free-port';
import { decode, encodeCommand } from './resp';
import { findTool } from './tool';
import { until } from './wait';

export interface RedisOptions {
  /** More arguments of redis-server: `['--maxmemory', '10mb']`. */
  readonly args?: readonly string[];
  /** Password of the default user. */
  readonly password?: string;
  /** ACL users as a configuration file has them: `monitor on >secret +info`. */
  readonly users?: readonly string[];
  /** The port then speaks TLS alone; the Unix socket stays plain. */
  readonly tls?: Certificates;
  readonly replicaOf?: RedisServer;
  /** A cluster of one node that has all slots. */
  readonly cluster?: boolean;
  /** A sentinel that watches these masters, by name. */
  readonly sentinel?: Readonly<Record<string, RedisServer>>;
}

/** A real Redis or Valkey on 127.0.0.1, killed when the test file ends. */
export interface RedisServer {
  readonly host: string;
  readonly port: number;
  readonly socketPath: string;
  /** With the default user's password where there is one. */
  readonly url: string;
  readonly password: string | undefined;
  /** Sends one command as the default user, over a connection of its own. Rejects when the reply is an error. */
  command(...args: string[]): Promise<Reply>;
  /** From now on it accepts connections but does not answer. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
  /** Starts it again, at the same address; the data is gone. */
  restart(): Promise<void>;
}

const HOST = '127.0.0.1';

/** Resolves when the server answers; a cluster when it has its slots. */
export async function startRedis(options: RedisOptions = {}): Promise<RedisServer> {
  const port = await freePort();
  const directory = temporaryDirectory();
  const configFile = join(directory, 'redis.conf');
  const socketPath = join(directory, 'redis.sock');
  const { password } = options;
  writeFileSync(configFile, configuration(options, port, directory, socketPath).join('\n'));

  let server: RunningProcess;
  const command = (...args: string[]) => sendCommand(socketPath, password, args);
  const start = async () => {
    const mode = options.sentinel === undefined ? [] : ['--sentinel'];
    server = startProcess(findTool('redis-server'), [configFile, ...(options.args ?? []), ...mode]);
    await untilAnswers(server, command);
    if (options.cluster === true) await makeCluster(command);
  };
  await start();

  return {
    host: HOST,
    port,
    socketPath,
    url: `${options.tls === undefined ? 'redis' : 'rediss'}://${credentials(password)}${HOST}:${port}`,
    password,
    command,
    pause: () => server.signal('SIGSTOP'),
    resume: () => server.signal('SIGCONT'),
    stop: () => server.kill(),
    async restart() {
      await server.kill();
      await start();
    },
  };
}

function configuration(options: RedisOptions, port: number, directory: string, socketPath: string): string[] {
  const { password, users = [], tls, replicaOf, cluster, sentinel } = options;
  return [
    `bind ${HOST}`,
    `dir ${directory}`,
    `unixsocket ${socketPath}`,
    ...(tls === undefined
      ? [`port ${port}`]
      : [
          `port 0`,
          `tls-port ${port}`,
          `tls-ca-cert-file ${tls.caFile}`,
          `tls-cert-file ${tls.certFile}`,
          `tls-key-file ${tls.keyFile}`,
          'tls-auth-clients no',
        ]),
    ...(password === undefined ? [] : [`requirepass ${JSON.stringify(password)}`]),
    ...users.map((user) => `user ${user}`),
    ...(sentinel === undefined ? ['save ""', 'repl-diskless-sync-delay 0'] : monitored(sentinel)),
    ...(replicaOf === undefined ? [] : [`replicaof ${HOST} ${replicaOf.port}`]),
    ...(replicaOf?.password === undefined ? [] : [`masterauth ${JSON.stringify(replicaOf.password)}`]),
    ...(cluster === true ? ['cluster-enabled yes'] : []),
    '',
  ];
}

function monitored(masters: Readonly<Record<string, RedisServer>>): string[] {
  return Object.entries(masters).flatMap(([name, { port, password }]) => [
    `sentinel monitor ${name} ${HOST} ${port} 1`,
    ...(password === undefined ? [] : [`sentinel auth-pass ${name} ${JSON.stringify(password)}`]),
  ]);
}

function credentials(password: string | undefined): string {
  return password === undefined ? '' : `:${encodeURIComponent(password)}@`;
}

async function untilAnswers(server: RunningProcess, command: RedisServer['command']): Promise<void> {
  await until(async () => server.hasExited || (await command('PING')) === 'PONG', 'redis-server to answer PING');
  if (server.hasExited) throw new Error(`redis-server ended at once:\n${server.output()}`);
}

async function makeCluster(command: RedisServer['command']): Promise<void> {
  const info = async () => String(await command('CLUSTER', 'INFO'));
  if ((await info()).includes('cluster_slots_assigned:0')) {
    await command('CLUSTER', 'ADDSLOTS', ...Array.from({ length: 16_384 }, (_, slot) => `${slot}`));
  }
  await until(async () => (await info()).includes('cluster_state:ok'), 'the cluster to be ok');
}

async function sendCommand(path: string, password: string | undefined, args: readonly string[]): Promise<Reply> {
  const socket = connect(path);
  const commands = password === undefined ? [args] : [['AUTH', password], args];
  socket.write(commands.map(encodeCommand).join(''));
  try {
    let received = Buffer.alloc(0);
    let answered = 0;
    for await (const chunk of socket) {
      // Safe: without an encoding a socket gives Buffers.
      received = Buffer.concat([received, chunk as Buffer]);
      for (let reply = decode(received); reply !== undefined; reply = decode(received)) {
        if (reply.value instanceof ErrorReply) throw new Error(`${args.join(' ')}: ${reply.value.message}`);
        if (++answered === commands.length) return reply.value;
        received = received.subarray(reply.end);
      }
    }
    throw new Error(`${args.join(' ')}: the server closed the connection`);
  } finally {
    socket.destroy();
  }
}
