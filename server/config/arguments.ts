import { parseArgs } from 'node:util';
import type { ConfigProblem } from '../errors';
import { nearest } from './nearest';
import { accept, type Parsed } from './parsed';

export interface Option {
  readonly name: string;
  readonly short?: string;
  /** Name of its value in the help; absent: a switch. */
  readonly value?: string;
  /** It may be given several times, and all values count. */
  readonly repeatable?: true;
  /** What it is for, for `--help` and docs/configuration.md. */
  readonly help: string;
  /** What counts without it. */
  readonly default?: string;
  /** Of its value. */
  readonly example?: string;
}

/** Arguments as they stand, checked against the options there are. */
export interface Arguments {
  readonly isGiven: (name: string) => boolean;
  /** The value of an option; a refused one is added to the problems. Undefined: not given, or refused. */
  readonly take: <T>(name: string, parse: (text: string) => Parsed<T>) => T | undefined;
  /** The values of an option, in the order given; those that are refused are added to the problems. */
  readonly takeAll: <T>(name: string, parse: (text: string) => Parsed<T>) => readonly T[];
  readonly positionals: readonly string[];
  /** Grows with what is taken. */
  readonly problems: ConfigProblem[];
}

export const asItIs = (text: string): Parsed<string> => ({ value: text });

export function readArguments(argv: readonly string[], options: readonly Option[]): Arguments {
  const given = new Map<string, readonly string[]>();
  const positionals: string[] = [];
  const problems: ConfigProblem[] = [];
  for (const token of tokenize(argv, options)) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const option = options.find(({ name }) => name === token.name);
    const message = option === undefined ? unknownOption(token.name, options) : optionProblem(option, token, given);
    if (message === undefined) given.set(token.name, [...(given.get(token.name) ?? []), token.value ?? '']);
    else problems.push({ path: token.rawName, message });
  }
  const takeAll: Arguments['takeAll'] = (name, parse) =>
    (given.get(name) ?? []).flatMap((text) => {
      const value = accept(parse(text), (message) => problems.push({ path: `--${name}`, message }));
      return value === undefined ? [] : [value];
    });
  return {
    isGiven: (name) => given.has(name),
    take: (name, parse) => takeAll(name, parse)[0],
    takeAll,
    positionals,
    problems,
  };
}

type Token = ReturnType<typeof tokenize>[number];
type OptionToken = Extract<Token, { kind: 'option' }>;

export function tokenize(argv: readonly string[], options: readonly Option[]) {
  const types = Object.fromEntries(
    options.map(({ name, value, short }) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const), ...(short !== undefined && { short }) },
    ])
  );
  const takesValue = (arg: string) => options.some(({ name, value }) => value !== undefined && arg === `--${name}`);
  // An option is no value: `--listen --check-config` lacks one, it does not listen on --check-config.
  const args = argv.map((arg, i) => (takesValue(arg) && isOption(argv[i + 1]) ? `${arg}=` : arg));
  const { tokens } = parseArgs({ args, options: types, strict: false, allowPositionals: true, tokens: true });
  // Of letters in one argument (-abc) the first stands for all.
  return tokens.filter((token, i) => token.kind !== 'option' || token.index !== tokens[i - 1]?.index);
}

/** A dash alone is a value: standard input or output. */
function isOption(arg: string | undefined): boolean {
  return arg !== undefined && arg !== '-' && arg.startsWith('-');
}

function optionProblem(
  option: Option,
  token: OptionToken,
  given: ReadonlyMap<string, readonly string[]>
): string | undefined {
  if (given.has(option.name) && option.repeatable !== true) return 'is given twice: keep one of them';
  if (option.value === undefined) return token.value === undefined ? undefined : 'takes no value';
  return token.value ? undefined : `needs a value: ${token.rawName} ${option.value}`;
}

function unknownOption(typed: string, options: readonly Option[]): string {
  const meant = nearest(
    typed,
    options.map(({ name }) => name)
  );
  return `unknown option: ${meant === undefined ? 'see --help' : `did you mean --${meant}?`}`;
}

type Row = readonly [name: string, help: string];

/** Options as the help lists them. */
export function optionRows(options: readonly Option[]): readonly Row[] {
  return options.map((option) => [optionSpelling(option), withDefault(option)]);
}

/** `--listen HOST:PORT`; `-h, --help`. */
export function optionSpelling({ name, short, value }: Option): string {
  const spelling = `${short === undefined ? '' : `-${short}, `}--${name}`;
  return value === undefined ? spelling : `${spelling} ${value}`;
}

/** What is said of an option or variable, and behind it in parentheses what counts without it. */
export function withDefault({ help, default: value }: { readonly help: string; readonly default?: string }): string {
  return value === undefined ? help : `${help} (default ${value})`;
}

/** Names and what is said of them, in two columns. */
export function helpTable(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, help]) => `  ${name.padEnd(width)}  ${help}`).join('\n');
}
