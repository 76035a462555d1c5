import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ErrorReply, type Reply } from '../../server/model/command';
import { encodeReply } from '../../server/testing/resp';
import { randomNumbers } from '../../server/testing/random';
import { growth, movedValue, type Moment } from './replay-fields';

/** What a replayed server has more or fewer of than the recorded one. */
export interface Shape {
  /** Commands that were used at least once. */
  readonly commands: number;
  readonly databases: number;
  /** Kinds of errors. */
  readonly errors: number;
}

/** What a real server said. */
export interface Recording {
  /** The text of `INFO everything`. */
  readonly info: string;
  /** Replies by command, in upper case. */
  readonly replies: ReadonlyMap<string, Reply>;
}

const OK = '+OK\r\n';
/** Sections that are written anew, as long as the shape has it. */
const WRITTEN = ['Commandstats', 'Errorstats', 'Latencystats', 'Keyspace'] as const;
/** Upper bounds of a histogram's buckets in microseconds, as Redis gives them. */
const BUCKETS = [1, 2, 4, 8, 16, 33, 66, 132];
/** What is recorded of all and asked for in part. */
const LARGER = { 'CONFIG GET': 'CONFIG GET *', 'SLOWLOG GET': 'SLOWLOG GET 128' } as const;

/** Reads what was recorded of one server. */
export function readRecording(directory: string): Recording {
  const files = readdirSync(directory).filter((file) => file.endsWith('.json'));
  const replies = files.map((file): [string, Reply] => {
    // Safe: every recorded file has this shape, as their README says.
    const { command, reply } = JSON.parse(readFileSync(join(directory, file), 'utf8')) as Recorded;
    return [command.join(' ').toUpperCase(), reply];
  });
  return { info: readFileSync(join(directory, 'info-everything.txt'), 'utf8'), replies: new Map(replies) };
}

interface Recorded {
  readonly command: readonly string[];
  readonly reply: Reply;
}

/** Text that stays, and text that is other in each reply. */
type Piece = string | ((moment: Moment) => string);

/** What all servers of a shape have in common; made once for them all. */
export class Replay {
  readonly recording: Recording;
  readonly commands: readonly string[];
  private readonly pieces: readonly Piece[];

  constructor(recording: Recording, shape: Shape) {
    this.recording = recording;
    const used = [...recording.info.matchAll(/^cmdstat_([^:]+):/gm)].map(([, name = '']) => name);
    this.commands = Array.from({ length: shape.commands }, (_, at) => used[at] ?? `module.command${at}`);
    this.pieces = toPieces(recording.info, sectionsOf(this.commands, shape));
  }

  info(moment: Moment): string {
    return this.pieces.map((piece) => (typeof piece === 'string' ? piece : piece(moment))).join('');
  }
}

/** One server: what it answers, and since when it counts. */
export class ReplayedServer {
  private readonly replay: Replay;
  private readonly port: number;
  private readonly speed: number;
  private startedAtMs = Date.now();
  private runs = 0;

  constructor(replay: Replay, port: number) {
    this.replay = replay;
    this.port = port;
    this.speed = 0.5 + randomNumbers(port)();
  }

  /** From now on it is a process that has just started. */
  restart(): void {
    this.startedAtMs = Date.now();
    this.runs++;
  }

  /** The reply in RESP2. */
  reply(command: readonly string[]): string {
    const key = command.slice(0, 2).join(' ').toUpperCase();
    if (command[0]?.toUpperCase() === 'INFO') return encodeReply(this.replay.info(this.moment()));
    if (key === 'LATENCY HISTOGRAM') return encodeReply(histogram(this.replay.commands, this.moment()));
    if (key === 'CLIENT SETNAME') return OK;
    return encodeReply(recordedReply(this.replay.recording, key, command) ?? new ErrorReply('ERR unknown command'));
  }

  private moment(): Moment {
    const nowMs = Date.now();
    const { port, speed, runs } = this;
    return { port, speed, runs, nowMs, upSeconds: (nowMs - this.startedAtMs) / 1000 };
  }
}

function recordedReply({ replies }: Recording, key: string, command: readonly string[]): Reply | undefined {
  const all = key in LARGER ? replies.get(LARGER[key as keyof typeof LARGER]) : undefined; // safe: it is one of them
  if (!Array.isArray(all)) return replies.get(command.join(' ').toUpperCase());
  const items = all as readonly Reply[]; // safe: an array of replies passed the line above
  if (key === 'SLOWLOG GET') return items.slice(0, Number(command[2] ?? 10));
  return items.filter((_, at) => command.includes(String(items[at - (at % 2)])));
}

function toPieces(info: string, written: Readonly<Record<(typeof WRITTEN)[number], readonly Piece[]>>): Piece[] {
  const pieces: Piece[] = [];
  let section = '';
  for (const line of info.split('\r\n')) {
    const [, header] = /^# (.*)$/.exec(line) ?? [];
    if (header !== undefined) {
      section = header;
      pieces.push(`${line}\r\n`, ...(isWritten(section) ? written[section] : []));
    } else if (line === '' || !isWritten(section)) {
      const [, field = '', value = ''] = /^([^:]+):(.*)$/.exec(line) ?? [];
      const moved = movedValue(field, value);
      pieces.push(...(moved === undefined ? [`${line}\r\n`] : [`${field}:`, moved, '\r\n']));
    }
  }
  return joined(pieces);
}

function isWritten(section: string): section is (typeof WRITTEN)[number] {
  return WRITTEN.some((one) => one === section);
}

/** Neighbouring texts that stay, as one. */
function joined(pieces: readonly Piece[]): Piece[] {
  return pieces.reduce<Piece[]>((all, piece) => {
    const last = all.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') all[all.length - 1] = last + piece;
    else all.push(piece);
    return all;
  }, []);
}

function sectionsOf(
  commands: readonly string[],
  { databases, errors }: Shape
): Readonly<Record<(typeof WRITTEN)[number], readonly Piece[]>> {
  return {
    Commandstats: commands.flatMap((name, rank) => [`cmdstat_${name}:`, (moment) => commandStat(rank, moment), '\r\n']),
    Errorstats: Array.from({ length: errors }, (_, rank) => rank).flatMap((rank) => [
      `errorstat_${rank === 0 ? 'ERR' : `KIND${rank}`}:count=`,
      (moment) => `${growth(moment, 0.5 / (rank + 1))}`,
      '\r\n',
    ]),
    Latencystats: commands.map(
      (name, rank) => `latency_percentiles_usec_${name}:p50=1.003,p99=${rank + 2}.015,p99.9=${rank + 30}.079\r\n`
    ),
    Keyspace: Array.from({ length: databases }, (_, db) => db).flatMap((db) => [
      `db${db}:keys=`,
      (moment) => `${100_000 + growth(moment, 5 / (db + 1))}`,
      ',expires=61,avg_ttl=3541697\r\n',
    ]),
  };
}

/** The command used most often is called two thousand times a second, the others ever less. */
function callsOf(rank: number, moment: Moment): number {
  return 1 + growth(moment, 2000 / (rank + 1) ** 1.5);
}

function commandStat(rank: number, moment: Moment): string {
  const calls = callsOf(rank, moment);
  const usec = Math.round(calls * (0.4 + rank / 10));
  return `calls=${calls},usec=${usec},usec_per_call=${(usec / calls).toFixed(2)},rejected_calls=0,failed_calls=0`;
}

/** The reply to LATENCY HISTOGRAM: half of the calls in the first bucket, half of the others in the next... */
function histogram(commands: readonly string[], moment: Moment): Reply {
  return commands.flatMap((name, rank) => {
    const calls = callsOf(rank, moment);
    const wide = BUCKETS.slice(0, 2 + (rank % (BUCKETS.length - 1)));
    const counts = wide.flatMap((bound, at) => [
      bound,
      at === wide.length - 1 ? calls : Math.floor(calls * (1 - 0.5 ** (at + 1))),
    ]);
    return [name, ['calls', calls, 'histogram_usec', counts]];
  });
}
