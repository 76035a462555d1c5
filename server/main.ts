#!/usr/bin/env -S node --max-semi-space-size=2 --v8-pool-size=1
import './no-debug-output';
import { readFileSync } from 'node:fs';
import { collectorNames, usedLabelNames } from './collectors/registry';
import { findCommand } from './config/command';
import type { Config } from './config/config';
import { tryDirectory } from './config/context';
import { parseFlags, type CommandLine } from './config/flags';
import { helpText, type Action, type CommandName } from './config/options';
import type { FileFormat } from './config/file-format';
import { loadConfig } from './config/load';
import { ConfigError } from './errors';
import { nodeProblem } from './require-node';
import { startService, type Service } from './service';
import { readVersion } from './telemetry/version';

const EXIT = { ok: 0, failure: 1, badConfiguration: 2 } as const;

/** Reads the configuration, once or again and again. */
async function loader(commandLine: CommandLine): Promise<() => Config> {
  const fileFormat: FileFormat | undefined =
    commandLine.configFile === undefined ? undefined : (await import('./config/file-format.js')).fileFormat;
  return () =>
    loadConfig({
      commandLine,
      env: process.env,
      readFile: (path) => readFileSync(path, 'utf8'),
      tryDirectory,
      fileFormat,
      knownCollectors: collectorNames,
      reservedLabels: usedLabelNames,
    });
}

type Answer = (load: () => Config) => string | Promise<string>;

/** What is printed for the options that do not start anything. */
const ANSWERS: Readonly<Record<Exclude<Action, 'run'>, Answer>> = {
  help: helpText,
  version: () => `redis-vitals ${readVersion()}\n`,
  'check-config': (load) => `The configuration is good: ${load().targets.length} target(s).\n`,
  'print-config': async (load) => (await import('./config/print.js')).printConfig(load()),
};

interface Command {
  /** Resolves to the exit code. */
  readonly run: (argv: readonly string[], streams: NodeJS.Process) => Promise<number>;
}

/** Loaded only when asked for. */
const COMMANDS: Readonly<Record<CommandName, () => Promise<Command>>> = {
  verify: () => import('./commands/verify.js'),
  export: () => import('./commands/export.js'),
};

/** Serves until a signal ends it. */
async function serve(load: () => Config): Promise<void> {
  let started: Service | undefined;
  process.on('SIGHUP', () => void started?.reload().catch(() => undefined)); // it has logged why
  const service = (started = await startService(load(), load, readVersion()));
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) process.exit(EXIT.failure);
    isStopping = true;
    void end(service);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

async function end(service: Service): Promise<never> {
  await service.close();
  process.exit(EXIT.ok);
}

async function main(): Promise<void> {
  const problem = nodeProblem(process.versions.node);
  if (problem !== undefined) throw new Error(problem);
  const argv = process.argv.slice(2);
  const command = findCommand(argv);
  if (command !== undefined) {
    process.exitCode = await (await COMMANDS[command.name]()).run(command.argv, process);
    return;
  }
  const commandLine = parseFlags(argv);
  const load = await loader(commandLine);
  if (commandLine.action === 'run') await serve(load);
  else process.stdout.write(await ANSWERS[commandLine.action](load));
}

main().catch((error: unknown) => {
  const isRefused = error instanceof ConfigError;
  const message = error instanceof Error ? error.message : String(error);
  const what = findCommand(process.argv.slice(2)) === undefined ? 'configuration' : 'command';
  process.stderr.write(
    isRefused ? `The ${what} is refused:\n${message.replace(/^/gm, '  ')}\n` : `redis-vitals: ${message}\n`
  );
  process.exitCode = isRefused ? EXIT.badConfiguration : EXIT.failure;
});
