#!/usr/bin/env -S node --max-semi-space-size=2
import { readFileSync } from 'node:fs';
import { collectorNames, usedLabelNames } from './collectors/registry';
import type { Config } from './config/config';
import { parseFlags, type CommandLine } from './config/flags';
import { helpText } from './config/options';
import { loadConfig } from './config/load';
import { printConfig } from './config/print';
import { ConfigError } from './errors';
import { startService, type Service } from './service';
import { readVersion } from './telemetry/version';

const EXIT = { ok: 0, failure: 1, badConfiguration: 2 } as const;

function load(commandLine: CommandLine): Config {
  return loadConfig({
    commandLine,
    env: process.env,
    readFile: (path) => readFileSync(path, 'utf8'),
    knownCollectors: collectorNames,
    reservedLabels: usedLabelNames,
  });
}

/** Serves until a signal ends it. */
async function serve(commandLine: CommandLine): Promise<void> {
  const service = await startService(load(commandLine), () => load(commandLine), readVersion());
  process.on('SIGHUP', () => void service.reload().catch(() => undefined)); // it has logged why
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
  const commandLine = parseFlags(process.argv.slice(2));
  switch (commandLine.action) {
    case 'help':
      return print(helpText());
    case 'version':
      return print(`redis-vitals ${readVersion()}\n`);
    case 'check-config':
      return print(`The configuration is good: ${load(commandLine).targets.length} target(s).\n`);
    case 'print-config':
      return print(printConfig(load(commandLine)));
    case 'run':
      return serve(commandLine);
  }
}

function print(text: string): void {
  process.stdout.write(text);
}

main().catch((error: unknown) => {
  const isConfig = error instanceof ConfigError;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    isConfig ? `The configuration is refused:\n${message.replace(/^/gm, '  ')}\n` : `redis-vitals: ${message}\n`
  );
  process.exitCode = isConfig ? EXIT.badConfiguration : EXIT.failure;
});
