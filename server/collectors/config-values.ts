import { commandKey, type Command } from '../model/command';
import { isAtLeast, type ServerFacts } from '../model/server-facts';
import type { Replies } from './replies';

/** Settings change by hand: once a minute is often enough. */
const REFRESH_MS = 60_000;

const KEYS = ['databases', 'maxclients', 'maxmemory', 'io-threads', 'repl-backlog-size', 'client-output-buffer-limit'];

/** Settings of COMMANDLOG (Valkey 8.1+). */
export const COMMANDLOG_KEYS = [
  'commandlog-execution-slower-than',
  'commandlog-slow-execution-max-len',
  'commandlog-request-larger-than',
  'commandlog-large-request-max-len',
  'commandlog-reply-larger-than',
  'commandlog-large-reply-max-len',
];

/**
 * CONFIG GET for the settings that are used, and no others: one command from Redis 7.0 on, one for each before.
 * Collector `config` asks for all of them; others read what it got.
 */
export function configCommands(facts: ServerFacts): readonly Command[] {
  if (facts.mode === 'sentinel') return [];
  const keys = knowsCommandlog(facts) ? [...KEYS, ...COMMANDLOG_KEYS] : KEYS;
  if (isAtLeast(facts.redisVersion, 7)) return [{ args: ['CONFIG', 'GET', ...keys], refreshMs: REFRESH_MS }];
  return keys.map((key) => ({ args: ['CONFIG', 'GET', key], refreshMs: REFRESH_MS }));
}

export function knowsCommandlog(facts: ServerFacts): boolean {
  return facts.flavour === 'valkey' && facts.mode !== 'sentinel' && isAtLeast(facts.version, 8, 1);
}

/** Settings by name, as CONFIG GET told them last; none where CONFIG is refused or collector `config` is off. */
export function settings(replies: Replies): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const command of configCommands(replies.facts)) {
    const reply = replies.find(commandKey(command));
    if (!Array.isArray(reply)) continue;
    for (let at = 0; at + 1 < reply.length; at += 2) found.set(String(reply[at]), String(reply[at + 1]));
  }
  return found;
}
