import type { PasswordSource, Target, TargetTls } from '../model/target';
import { formatDuration } from '../util/duration';
import { DEFAULTS } from './config';
import type { Path, Report } from './read';
import type { Settings } from './settings';
import type { TargetUrl } from './target-url';

/** A target before defaults are filled in. */
export interface Draft {
  /** How problems call it. */
  readonly path: Path;
  readonly name: string;
  readonly url: TargetUrl;
  /** What is given for this target alone; the user and password of its URL win over it. */
  readonly own: Settings;
}

/** What counts for every target: `flags` win over a target's own settings, and these over `defaults`. */
export interface Common {
  readonly flags: Pick<Settings, 'intervalMs' | 'timeoutMs'>;
  readonly defaults: Settings;
}

/** The effective target; reports a timeout that is longer than the interval. */
export function completeTarget(draft: Draft, common: Common, report: Report): Target {
  const { name, url, own } = draft;
  const { flags, defaults } = common;
  const intervalMs = flags.intervalMs ?? own.intervalMs ?? defaults.intervalMs ?? DEFAULTS.intervalMs;
  const timeoutMs = flags.timeoutMs ?? own.timeoutMs ?? defaults.timeoutMs ?? Math.min(DEFAULTS.timeoutMs, intervalMs);
  if (timeoutMs > intervalMs) {
    const [timeout, interval] = [formatDuration(timeoutMs), formatDuration(intervalMs)];
    report(placeOfTimes(draft, common), `timeout ${timeout} is longer than interval ${interval}: change one of them`);
  }
  const username = url.username ?? own.username ?? defaults.username;
  const password = passwordOf(url) ?? own.password ?? defaults.password;
  const tls = tlsOf(url, own, defaults);
  return {
    name,
    address: url.address,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(tls !== undefined && { tls }),
    labels: { ...defaults.labels, ...own.labels },
    intervalMs,
    timeoutMs,
    disabledCollectors: namesOfDisabled({ ...defaults.collectors, ...own.collectors }),
  };
}

/** Where interval or timeout is given that makes them contradict, the most special place first. */
function placeOfTimes({ path, own }: Draft, { flags }: Common): Path {
  if (own.timeoutMs !== undefined && flags.timeoutMs === undefined) return [...path, 'timeout'];
  if (own.intervalMs !== undefined && flags.intervalMs === undefined) return [...path, 'interval'];
  return flags.timeoutMs === undefined ? ['defaults', 'timeout'] : ['--timeout'];
}

function passwordOf({ password }: TargetUrl): PasswordSource | undefined {
  return password && { from: 'value', value: password };
}

/** TLS is on when the URL or any setting asks for it; on a socket, defaults that are meant for TCP do not. */
function tlsOf(url: TargetUrl, own: Settings, defaults: Settings): TargetTls | undefined {
  const inherited = url.address.kind === 'tcp' ? defaults.tls : undefined;
  if (!url.tls && own.tls === undefined && inherited === undefined) return undefined;
  return { insecureSkipVerify: false, ...inherited, ...own.tls };
}

function namesOfDisabled(collectors: Readonly<Record<string, boolean>>): ReadonlySet<string> {
  return new Set(Object.keys(collectors).filter((name) => collectors[name] === false));
}
