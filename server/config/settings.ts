import type { PasswordSource, TargetTls } from '../model/target';
import type { Context } from './context';
import { nearest } from './nearest';
import { checkCa, checkPair } from './pem';
import type { Path, Read } from './read';
import type { settingsSchema } from './schema';
import { loadSecret } from './secret-source';

/** The settings of one target, or of `defaults`, as far as they are given and good. */
export interface Settings {
  readonly username?: string | undefined;
  readonly password?: PasswordSource | undefined;
  readonly tls?: Partial<TargetTls> | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly intervalMs?: number | undefined;
  readonly timeoutMs?: number | undefined;
  /** Names of collectors: on or off. */
  readonly collectors?: Readonly<Record<string, boolean>> | undefined;
}

type Given = Read<typeof settingsSchema>;

/** Reports what is wrong within the settings at `path`, and returns the rest. */
export function checkSettings(given: Given, path: Path, context: Context): Settings {
  const { password: value, passwordFile: file, passwordEnv: env } = given;
  return {
    username: given.username,
    password: loadSecret('password', { value, file, env }, path, context)?.source,
    tls: given.tls && checkTls(given.tls, [...path, 'tls'], context),
    labels: checkLabels(given.labels, [...path, 'labels'], context),
    intervalMs: given.interval,
    timeoutMs: given.timeout,
    collectors: checkCollectors(given.collectors, [...path, 'collectors'], context),
  };
}

function checkTls(tls: NonNullable<Given['tls']>, path: Path, context: Context): Partial<TargetTls> {
  const caFile = checkCa(tls.ca, [...path, 'ca'], context);
  const { serverName, insecureSkipVerify } = tls;
  return {
    ...(caFile !== undefined && { caFile }),
    ...checkPair(tls, path, context),
    ...(serverName !== undefined && { serverName }),
    ...(insecureSkipVerify !== undefined && { insecureSkipVerify }),
  };
}

function checkLabels(labels: Given['labels'], path: Path, { report, reservedLabels }: Context): Record<string, string> {
  return keep(labels, (name) => {
    const problem = labelProblem(name, reservedLabels);
    if (problem !== undefined) report([...path, name], problem);
    return problem === undefined;
  });
}

/** Labels that we or the exposition formats set ourselves. */
const OWN_LABELS = new Set(['instance', 'le', 'quantile']);

function labelProblem(name: string, reserved: ReadonlySet<string>): string | undefined {
  if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)) return 'is no label name: use letters, digits and _, not a digit first';
  if (name.startsWith('__')) return 'begins with __, which Prometheus keeps for itself: choose another name';
  if (OWN_LABELS.has(name) || reserved.has(name)) return 'is a label of our own metrics: choose another name';
  return undefined;
}

function checkCollectors(collectors: Given['collectors'], path: Path, context: Context): Record<string, boolean> {
  const { report, knownCollectors } = context;
  return keep(collectors, (name) => {
    const known = knownCollectors.includes(name);
    if (!known) report([...path, name], `unknown collector: ${suggestCollector(name, knownCollectors)}`);
    return known;
  });
}

function suggestCollector(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return meant === undefined ? `there are ${known.join(', ')}` : `did you mean ${meant}?`;
}

/** The entries that have a value and a good name. */
function keep<T>(
  record: Readonly<Record<string, T | undefined>> | undefined,
  isGood: (name: string) => boolean
): Record<string, T> {
  const entries = Object.entries(record ?? {}).filter((entry): entry is [string, T] => {
    const good = isGood(entry[0]);
    return good && entry[1] !== undefined;
  });
  return Object.fromEntries(entries);
}
