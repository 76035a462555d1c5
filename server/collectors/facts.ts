import type { Flavour, Mode, ServerFacts } from '../model/server-facts';
import { infoField, type InfoReply } from '../parse/info';
import { parseKeyValues } from '../parse/key-values';
import { ownCopy } from '../util/own-copy';

/** Fields only one flavour's INFO has; Redis is what has none of them. */
const MARKS: readonly (readonly [field: string, flavour: Flavour])[] = [
  ['valkey_version', 'valkey'],
  ['dragonfly_version', 'dragonfly'],
  ['server_threads', 'keydb'],
];

/** Start times this close are one: uptime is in whole seconds and its rounding wanders by one. */
const SAME_START_SECONDS = 2;

/** What an INFO reply says of the server. `previous` are the facts of the same target's poll before. */
export function learnFacts(info: InfoReply, nowMs: number, previous?: ServerFacts): ServerFacts {
  const field = (name: string): string => infoField(info, name) ?? '';
  const [, flavour] = MARKS.find(([name]) => info.shape.index.has(name)) ?? ['', 'redis' as const];
  const redisVersion = parseVersion(field('redis_version'));
  const mode = learnMode(info, field('redis_mode') || field('server_mode'), field('cluster_enabled'));
  const runId = ownCopy(field('run_id'));
  const started = Math.floor(nowMs / 1000) - Number(field('uptime_in_seconds') || 0);
  const isSameRun = previous?.runId === runId && Math.abs(previous.startTimeSeconds - started) <= SAME_START_SECONDS;
  return {
    flavour,
    version: parseVersion(field(`${flavour}_version`) || field('redis_version')),
    redisVersion,
    mode,
    role: mode === 'sentinel' ? 'sentinel' : field('role'),
    runId,
    startTimeSeconds: isSameRun ? previous.startTimeSeconds : started,
    sentinelMasters: mode === 'sentinel' ? learnMasters(info) : [],
  };
}

/** The three numbers at the start of `7.2.6`, `v1.27.1`, `df-v1.27.1`; zeros where there are none. */
function parseVersion(text: string): readonly [number, number, number] {
  const [, major = 0, minor = 0, patch = 0] = /(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(text) ?? [];
  return [Number(major), Number(minor), Number(patch)];
}

/** `said` is what the server calls its mode: `redis_mode`, or `server_mode` where Valkey speaks for itself. */
function learnMode(info: InfoReply, said: string, clusterEnabled: string): Mode {
  if (said === 'sentinel' || info.shape.index.has('sentinel_masters')) return 'sentinel';
  return said === 'cluster' || clusterEnabled === '1' ? 'cluster' : 'standalone';
}

/** Names out of `master0:name=mymaster,status=ok,...`. */
function learnMasters({ shape, values }: InfoReply): readonly string[] {
  return shape.keys.flatMap((key, at) => {
    const name = /^master\d+$/.test(key) ? parseKeyValues(values[at] as string).get('name') : undefined;
    return name === undefined ? [] : [name];
  });
}
