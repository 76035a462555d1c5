import type { AddressInfo } from 'node:net';
import { buildApp } from './app';
import { collectors } from './collectors/registry';
import type { Config } from './config/config';
import { DEFAULTS, isOpenToAnyone } from './config/config';
import { sameTarget } from './config/same-target';
import { ConfigError } from './errors';
import { PageWriter } from './exposition/page-writer';
import type { Selection } from './history/interfaces';
import { HistoryParts } from './history-parts';
import { createServer, type WebServer } from './http/server';
import { logPolls } from './log-polls';
import { AdHocTargetSet } from './poll/ad-hoc-target-set';
import { TargetSet } from './poll/target-set';
import type { PollListener } from './poll/interfaces';
import type { PollerParts } from './poll/target-poller';
import { Connection } from './redis/connection';
import { createLogger, targetLogger } from './telemetry/logger';
import { Telemetry } from './telemetry/telemetry';
import { systemClock } from './util/clock';

/** How long running requests may take when the service is stopped. */
const GRACE_MS = 8_000;

export interface Service {
  /** Takes on the configuration as it is now; rejects with a ConfigError and changes nothing when it is refused. */
  reload(): Promise<void>;
  /** Finishes running requests, ends every connection. */
  close(): Promise<void>;
}

/** Everything wired together and listening; rejects when it cannot listen. `load` reads the configuration anew. */
export async function startService(initial: Config, load: () => Config, version: string): Promise<Service> {
  let config = initial;
  const log = createLogger({ level: config.log.level });
  const listeners = new Set<PollListener>([logPolls((target) => targetLogger(log, target))]);
  const parts: PollerParts = {
    connect: (target, signal) => Connection.open(target, signal),
    collectors,
    clock: systemClock,
    random: Math.random,
    publish: (result) => {
      for (const listener of listeners) {
        try {
          listener(result);
        } catch (error) {
          log.error({ err: error, target: result.target.name }, 'a poll was not taken in by one of its readers');
        }
      }
    },
  };
  const targets = new TargetSet(parts);
  const history = config.history.enabled
    ? await HistoryParts.open(
        () => config,
        (name, commands, deadlineMs) => targets.ask(name, commands, deadlineMs),
        log
      )
    : undefined;
  if (history !== undefined) listeners.add(history.notice);
  const adHoc = new AdHocTargetSet({ ...parts, publish: () => undefined }, () => ({
    intervalMs: DEFAULTS.intervalMs,
    timeoutMs: DEFAULTS.timeoutMs,
    disabledCollectors: new Set(),
  }));
  const { namespace } = config;
  const telemetry = new Telemetry({
    namespace,
    version,
    countTargets: () => targets.list().length,
    history: history && (() => history.figures()),
  });
  const setTargets = (next: Config): void => {
    history?.setTargets(next.targets, (name) => targets.status(name)?.latest);
    targets.replace(next.targets, sameTarget);
  };

  const apply = (next: Config): void => {
    refuseFixedChanges(config, next);
    server.reloadTls(next.web.tls);
    config = next;
    log.level = next.log.level;
    setTargets(next);
  };
  const reload = (): Promise<void> =>
    new Promise((resolve) => {
      try {
        apply(load());
      } catch (error) {
        telemetry.recordReload(false);
        const isRefused = error instanceof ConfigError;
        log.error(isRefused ? { problems: error.problems } : { err: error }, 'the configuration was not reloaded');
        throw error;
      }
      telemetry.recordReload(true);
      log.info({ targets: config.targets.length }, 'the configuration was reloaded');
      resolve();
    });

  const stopping = new AbortController();
  const app = buildApp({
    targets,
    adHoc,
    renderer: new PageWriter({ namespace }),
    options: () => config,
    telemetry,
    log,
    reload,
    version,
    startedAtMs: Date.now(),
    history: history?.client,
    table: async (body) => {
      const { answerTable } = await import('./tables/answer-table.js');
      const entries = history && ((selection: Selection) => history.client.entries(selection));
      return answerTable({ targets, query: history?.query, entries, now: Date.now }, body);
    },
    onPoll: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    openApi: async () => (await import('./api/openapi.js')).openApiText(),
    stopping: stopping.signal,
  });
  let server: WebServer;
  let at: AddressInfo;
  try {
    server = createServer(app, { tls: config.web.tls });
    at = await server.listen(config.listen);
  } catch (error) {
    await history?.client.close();
    throw error;
  }
  setTargets(config);
  const scheme = config.web.tls === undefined ? 'http' : 'https';
  const host = at.family === 'IPv6' ? `[${at.address}]` : at.address;
  log.info({ version, targets: config.targets.length }, `Redis Vitals is at ${scheme}://${host}:${at.port}/`);
  if (isOpenToAnyone(config)) {
    log.warn(
      {},
      'everybody who can reach this address can read the metrics: set web.basicAuthUsers or web.bearerTokens'
    );
  }

  return {
    reload,
    async close() {
      log.info({}, 'stopping');
      stopping.abort();
      history?.client.stop();
      await server.close(GRACE_MS);
      targets.close();
      adHoc.close();
      await history?.client.close();
    },
  };
}

/** What is decided once, at the start. */
function refuseFixedChanges(before: Config, after: Config): void {
  const message = 'changes with a restart only';
  const problems = [
    ...(before.listen.host === after.listen.host && before.listen.port === after.listen.port ? [] : ['listen']),
    ...(before.namespace === after.namespace ? [] : ['namespace']),
    ...(JSON.stringify(before.history) === JSON.stringify(after.history) ? [] : ['history']),
  ].map((path) => ({ path, message }));
  if (problems.length > 0) throw new ConfigError(problems);
}
