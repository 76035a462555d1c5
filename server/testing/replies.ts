import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ErrorReply, type Reply } from '../model/command';

const DIRECTORY = join(__dirname, '../testdata/replies');

/** What one server said in one situation; testdata/replies/README.md describes them. */
export interface ReplyCase {
  /** Flavour and version: `redis-7.2`. */
  readonly version: string;
  /** `master`, `cluster-replica`... */
  readonly situation: string;
  /** Everything INFO said: the text of `INFO everything`, else of `all`, else of INFO; empty where INFO was refused. */
  readonly info: string;
  /**
   * The reply to a command; undefined where nothing is known of it. Next to the commands recorded it answers a
   * CONFIG GET of names and a SLOWLOG GET of fewer entries, and refuses what the server would refuse likewise.
   */
  readonly reply: (...command: string[]) => Reply | ErrorReply | undefined;
}

type AnyReply = Reply | ErrorReply;

/** All cases, by version and situation. */
export function replyCases(): ReplyCase[] {
  return subdirectories(DIRECTORY).flatMap((version) =>
    subdirectories(join(DIRECTORY, version)).map((situation) => readCase(version, situation))
  );
}

function readCase(version: string, situation: string): ReplyCase {
  const directory = join(DIRECTORY, version, situation);
  const recorded = new Map(readdirSync(directory).map((file) => readReply(join(directory, file))));
  const infoTexts = ['INFO EVERYTHING', 'INFO ALL', 'INFO'].map((key) => recorded.get(key));
  return {
    version,
    situation,
    info: infoTexts.filter((text) => typeof text === 'string').find((text) => text !== '') ?? '',
    reply: (...command) => recorded.get(keyOf(command)) ?? derived(recorded, command) ?? refusal(recorded, command),
  };
}

function readReply(path: string): [key: string, reply: AnyReply] {
  const text = readFileSync(path, 'utf8');
  const [, section] = /^info-(.*)\.txt$/.exec(basename(path)) ?? [];
  if (section !== undefined) return [keyOf(INFO_COMMANDS[section] ?? ['INFO', section]), text];
  // Safe: every recorded file has this shape, as its README says.
  const { command, reply } = JSON.parse(text) as { command: string[]; reply: Reply | { error: string } };
  const isError = reply !== null && typeof reply === 'object' && 'error' in reply;
  return [keyOf(command), isError ? new ErrorReply(reply.error) : reply];
}

/** The commands behind files of INFO's text that are not named after a section. */
const INFO_COMMANDS: Readonly<Record<string, string[]>> = {
  default: ['INFO'],
  'two-sections': ['INFO', 'memory', 'clients'],
};

function keyOf(command: readonly string[]): string {
  return command.join(' ').toUpperCase();
}

function subdirectories(path: string): string[] {
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

/** A reply that is part of a larger one. */
function derived(recorded: ReadonlyMap<string, AnyReply>, command: readonly string[]): AnyReply | undefined {
  const name = keyOf(command.slice(0, 2));
  const args = command.slice(2);
  const all = recorded.get(LARGER[name] ?? '');
  if (!Array.isArray(all)) return undefined;
  // Safe: of the replies only arrays pass the line above.
  const items = all as readonly Reply[];
  if (name === 'SLOWLOG GET') return items.slice(0, Number(args[0] ?? 10));
  return items.filter((_, index) => args.includes(String(items[index - (index % 2)])));
}

const LARGER: Readonly<Record<string, string>> = { 'CONFIG GET': 'CONFIG GET *', 'SLOWLOG GET': 'SLOWLOG GET 128' };

/** The error that a command gets for what it is, not for its arguments, or that every command gets. */
function refusal(recorded: ReadonlyMap<string, AnyReply>, command: readonly string[]): ErrorReply | undefined {
  for (const [key, reply] of recorded) {
    if (!(reply instanceof ErrorReply)) continue;
    const isOfCommand = key.split(' ')[0] === command[0]?.toUpperCase();
    const isUnknown = reply.message.startsWith('ERR unknown command');
    if (reply.code === 'NOAUTH' || (isOfCommand && (reply.code === 'NOPERM' || isUnknown))) return reply;
  }
  return undefined;
}
