import type { ArgumentsKept } from '../model/arguments-kept';
import { commandKeys } from './command-keys';
import { keyPattern } from './key-pattern';

export interface CommandText {
  /** In lower case, with the subcommand as INFO has it: `get`, `config|set`. */
  readonly command: string;
  readonly text: string;
}

const MOST_CHARACTERS = 5000;

/** Commands whose second word is part of the name, and these words; others are not shown. */
const SUBCOMMANDS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [
    'acl cat deluser dryrun genpass getuser help list load log save setuser users whoami',
    `client caching getname getredir help id info kill list no-evict no-touch pause reply setinfo setname tracking
    trackinginfo unblock unpause`,
    `cluster addslots addslotsrange bumpepoch count-failure-reports countkeysinslot delslots delslotsrange failover
    flushslots forget getkeysinslot help info keyslot links meet myid myshardid nodes replicas replicate reset
    saveconfig set-config-epoch setslot shards slaves slot-stats slots`,
    'command count docs getkeys getkeysandflags help info list',
    'commandlog get help len reset',
    'config get help resetstat rewrite set',
    `debug change-repl-id digest digest-value error help htstats jmap listpack loadaof object quicklist-packed-threshold
    reload replicate ring segfault set-active-expire sleep stringmatch-len ziplist`,
    'function delete dump flush help kill list load restore stats',
    'latency doctor graph help histogram history latest reset',
    'memory doctor help malloc-stats purge stats usage',
    'module help list load loadex unload',
    'object encoding freq help idletime refcount',
    'pubsub channels help numpat numsub shardchannels shardnumsub',
    'script debug exists flush help kill load',
    `sentinel ckquorum config debug failover flushconfig get-master-addr-by-name help info-cache is-master-down-by-addr
    master masters monitor myid pending-scripts remove replicas reset sentinels set simulate-failure slaves`,
    'slowlog get help len reset',
    'xgroup create createconsumer delconsumer destroy help setid',
    'xinfo consumers groups help stream',
  ].map((line) => {
    const [name = '', ...words] = line.split(/\s+/);
    return [name, new Set(words)];
  })
);

/** Commands that carry passwords, always or with one of these words, as a pattern for each word. */
const SECRET: ReadonlyMap<string, RegExp> = new Map([
  ['auth', /^/],
  ['acl|setuser', /^/],
  ['acl', /^/],
  ['hello', /^auth$/i],
  ['config|set', /pass|auth|user|secret/i],
  ['migrate', /^auth2?$/i],
  ['module|load', /^/],
  ['module|loadex', /^/],
  ['sentinel|set', /pass|auth|user/i],
  ['sentinel|config', /pass|auth|user/i],
]);
const HIDDEN = '(hidden)';

const CUT_WORDS = /^\.\.\. \((\d+) more arguments\)$/;
const CUT_BYTES = /^(.*)\.\.\. \(\d+ more bytes\)$/s;

/** The name of a logged command, and of its arguments what is to be kept. */
export function describeCommand(args: readonly string[], kept: ArgumentsKept): CommandText {
  const command = commandName(args);
  const text = DESCRIPTIONS[kept](command, args);
  return { command, text: text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text };
}

const DESCRIPTIONS: Readonly<Record<ArgumentsKept, (command: string, args: readonly string[]) => string>> = {
  redacted: (command, args) => listed(new Set(keysOf(command, args).map(patternOf)), args),
  keys: (command, args) => listed(keysOf(command, args).map(quoted), args),
  full: (command, args) => (isSecret(command, args) ? HIDDEN : args.slice(nameLength(command)).map(quoted).join(' ')),
};

function commandName([first = '', second = '']: readonly string[]): string {
  const name = first.toLowerCase().slice(0, 64);
  const subcommand = second.toLowerCase();
  return SUBCOMMANDS.get(name)?.has(subcommand) === true ? `${name}|${subcommand}` : name;
}

function nameLength(command: string): number {
  return command.includes('|') ? 2 : 1;
}

function keysOf(command: string, args: readonly string[]): readonly string[] {
  return commandKeys(command, isCut(args) ? args.slice(0, -1) : args);
}

function isCut(args: readonly string[]): boolean {
  return CUT_WORDS.test(args.at(-1) ?? '');
}

/** Keys, and whether there were more words than the server tells. */
function listed(keys: Iterable<string>, args: readonly string[]): string {
  const list = [...keys];
  return [...list, ...(list.length > 0 && isCut(args) ? ['…'] : [])].join(' ');
}

function patternOf(key: string): string {
  const [, start] = CUT_BYTES.exec(key) ?? [];
  return start === undefined ? keyPattern(key) : `${keyPattern(start)}…`;
}

function isSecret(command: string, args: readonly string[]): boolean {
  const pattern = SECRET.get(command);
  return pattern !== undefined && args.slice(nameLength(command)).some((word) => pattern.test(word));
}

/** As it is where that is plain, else in quotes with what does not print escaped. */
function quoted(word: string): string {
  return /^[^\s"'\p{Cc}]+$/u.test(word) ? word : JSON.stringify(word);
}
