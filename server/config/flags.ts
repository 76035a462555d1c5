import { parseArgs } from 'node:util';
import type { ConfigProblem } from '../errors';
import type { LogLevel } from './config';
import { type Listen, parseListen } from './listen';
import { nearest } from './nearest';
import { type Action, actionOf, type Option, OPTIONS } from './options';
import { accept, type Parsed } from './parsed';
import { parseTargetUrl, type TargetUrl } from './target-url';
import { parseInterval, parseLogLevel, parseTimeout } from './values';

/** What the command line says. Undefined: it says nothing of that. */
export interface CommandLine {
  readonly action: Action;
  readonly configFile: string | undefined;
  readonly listen: Listen | undefined;
  readonly intervalMs: number | undefined;
  readonly timeoutMs: number | undefined;
  readonly logLevel: LogLevel | undefined;
  readonly allowUnauthenticated: boolean;
  /** In the order given; undefined where one is refused. */
  readonly urls: readonly (TargetUrl | undefined)[];
  /** To be ignored for `--help` and `--version`; `loadConfig` throws them. */
  readonly problems: readonly ConfigProblem[];
}

interface Arguments {
  /** Name of each option given, and its value; of a switch, the empty text. */
  readonly options: ReadonlyMap<string, string>;
  readonly positionals: readonly string[];
  readonly problems: readonly ConfigProblem[];
}

/** Reads the arguments behind the program's name. */
export function parseFlags(argv: readonly string[]): CommandLine {
  const { options, positionals, problems: badArguments } = splitArguments(argv);
  const problems = [...badArguments];
  const take = <T>(name: string, parse: (text: string) => Parsed<T>): T | undefined => {
    const text = options.get(name);
    return text === undefined
      ? undefined
      : accept(parse(text), (message) => problems.push({ path: `--${name}`, message }));
  };
  return {
    action: actionOf((name) => options.has(name)),
    configFile: options.get('config'),
    listen: take('listen', parseListen),
    intervalMs: take('interval', parseInterval),
    timeoutMs: take('timeout', parseTimeout),
    logLevel: take('log-level', parseLogLevel),
    allowUnauthenticated: options.has('allow-unauthenticated'),
    urls: positionals.map((text, index) =>
      accept(parseTargetUrl(text), (message) => problems.push({ path: urlPath(index), message }))
    ),
    problems,
  };
}

/** How problems call the redis-url at an index: it may hold a password, so that it cannot be repeated. */
export function urlPath(index: number): string {
  return `redis-url ${index + 1}`;
}

function splitArguments(argv: readonly string[]): Arguments {
  const given = new Map<string, string>();
  const positionals: string[] = [];
  const problems: ConfigProblem[] = [];
  for (const token of tokenize(argv)) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const option = OPTIONS.find(({ name }) => name === token.name);
    const message = optionProblem(option, token, given);
    if (message === undefined) given.set(token.name, token.value ?? '');
    else problems.push({ path: token.rawName, message });
  }
  return { options: given, positionals, problems };
}

type Token = ReturnType<typeof tokenize>[number];
type OptionToken = Extract<Token, { kind: 'option' }>;

function tokenize(argv: readonly string[]) {
  const options = Object.fromEntries(
    OPTIONS.map(({ name, value, short }) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const), ...(short !== undefined && { short }) },
    ])
  );
  // An option is no value: `--listen --check-config` lacks one, it does not listen on --check-config.
  const args = argv.map((arg, i) => (takesValue(arg) && argv[i + 1]?.startsWith('-') ? `${arg}=` : arg));
  const { tokens } = parseArgs({ args, options, strict: false, allowPositionals: true, tokens: true });
  // Of letters in one argument (-abc) the first stands for all.
  return tokens.filter((token, i) => token.kind !== 'option' || token.index !== tokens[i - 1]?.index);
}

function takesValue(arg: string): boolean {
  return OPTIONS.some(({ name, value }) => value !== undefined && arg === `--${name}`);
}

function optionProblem(
  option: Option | undefined,
  token: OptionToken,
  given: ReadonlyMap<string, string>
): string | undefined {
  if (option === undefined) return unknownOption(token.name);
  if (given.has(option.name)) return 'is given twice: keep one of them';
  if (option.value === undefined) return token.value === undefined ? undefined : 'takes no value';
  return token.value ? undefined : `needs a value: ${token.rawName} ${option.value}`;
}

function unknownOption(name: string): string {
  const meant = nearest(
    name,
    OPTIONS.map((option) => option.name)
  );
  return `unknown option: ${meant === undefined ? 'see --help' : `did you mean --${meant}?`}`;
}
