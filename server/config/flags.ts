import type { ConfigProblem } from '../errors';
import { asItIs, readArguments } from './arguments';
import type { LogLevel } from './config';
import { type Listen, parseListen } from './listen';
import { type Action, actionOf, OPTIONS } from './options';
import { accept } from './parsed';
import { parseTargetUrl, type TargetUrl } from './target-url';
import { parseInterval, parseLogLevel, parseTimeout } from './values';

/** What the command line says. Undefined: it says nothing of that. */
export interface CommandLine {
  readonly action: Action;
  readonly configFile: string | undefined;
  readonly listen: Listen | undefined;
  readonly intervalMs: number | undefined;
  readonly timeoutMs: number | undefined;
  readonly dataDirectory: string | undefined;
  readonly noHistory: boolean;
  readonly logLevel: LogLevel | undefined;
  readonly allowUnauthenticated: boolean;
  /** In the order given; undefined where one is refused. */
  readonly urls: readonly (TargetUrl | undefined)[];
  /** To be ignored for `--help` and `--version`; `loadConfig` throws them. */
  readonly problems: readonly ConfigProblem[];
}

/** Reads the arguments behind the program's name. */
export function parseFlags(argv: readonly string[]): CommandLine {
  const { isGiven, take, positionals, problems } = readArguments(argv, OPTIONS);
  return {
    action: actionOf(isGiven),
    configFile: take('config', asItIs),
    listen: take('listen', parseListen),
    intervalMs: take('interval', parseInterval),
    timeoutMs: take('timeout', parseTimeout),
    dataDirectory: take('data', asItIs),
    noHistory: isGiven('no-history'),
    logLevel: take('log-level', parseLogLevel),
    allowUnauthenticated: isGiven('allow-unauthenticated'),
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
