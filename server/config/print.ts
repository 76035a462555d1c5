import { stringify } from 'yaml';
import { formatAddress, type PasswordSource, type Target } from '../model/target';
import { formatDuration } from '../util/duration';
import { formatSize } from '../util/size';
import type { Config } from './config';
import { formatListen } from './listen';

const SINGLE_TARGET =
  '# The target came by URL, environment or default. As a target of a file its series also carry an instance label.\n';

/** The effective configuration as a YAML file. Secrets are hidden; with them put back the file can be used. */
export function printConfig(config: Config): string {
  const { listen, namespace, log, scrape, web, history, slowlog, targets, singleTarget } = config;
  // What is undefined is left out.
  const content = {
    listen: formatListen(listen),
    namespace,
    log: { level: log.level },
    scrape: { maxAge: formatDuration(scrape.maxAgeMs), allow: nonEmpty(scrape.allow) },
    web: {
      allowUnauthenticated: web.allowUnauthenticated,
      basicAuthUsers: nonEmpty(Object.fromEntries([...web.basicAuthUsers].map(([user, hash]) => [user, String(hash)]))),
      bearerTokens: nonEmpty(web.bearerTokens.map((token) => ({ token: String(token) }))),
      tls: web.tls && { cert: web.tls.certFile, key: web.tls.keyFile, clientCa: web.tls.clientCaFile },
    },
    history: {
      enabled: history.enabled,
      directory: history.directory,
      retention: formatDuration(history.retentionMs),
      maxSize: history.maxBytes === undefined ? undefined : formatSize(history.maxBytes),
      synchronous: history.synchronous,
    },
    slowlog: { arguments: slowlog.arguments },
    targets: targets.map(describeTarget),
  };
  return (singleTarget ? SINGLE_TARGET : '') + stringify(content, { lineWidth: 0 });
}

function describeTarget(target: Target): object {
  const { address, tls } = target;
  const scheme = tls === undefined ? 'redis' : 'rediss';
  return {
    name: target.name,
    url: address.kind === 'unix' ? formatAddress(address) : `${scheme}://${formatAddress(address)}`,
    username: target.username,
    ...(target.password && describePassword(target.password)),
    tls: tls && {
      ca: tls.caFile,
      cert: tls.certFile,
      key: tls.keyFile,
      serverName: tls.serverName,
      insecureSkipVerify: tls.insecureSkipVerify,
    },
    labels: nonEmpty(target.labels),
    interval: formatDuration(target.intervalMs),
    timeout: formatDuration(target.timeoutMs),
    collectors: nonEmpty(Object.fromEntries([...target.disabledCollectors].map((name) => [name, false]))),
  };
}

function describePassword(source: PasswordSource): object {
  if (source.from === 'file') return { passwordFile: source.path };
  return source.from === 'env' ? { passwordEnv: source.variable } : { password: String(source.value) };
}

function nonEmpty<T extends object>(collection: T): T | undefined {
  return Object.keys(collection).length > 0 ? collection : undefined;
}
