import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startProcess, type RunningProcess } from './child-process';
import { temporaryDirectory } from './cleanup';
import { mountsOf, readCompose, type ComposeService } from './compose';
import { instructionsOf, type Stage } from './dockerfile';
import { freePort } from './free-port';
import { projectText, ROOT } from './project-files';
import { findTool } from './tool';

/** Programs of images that are not ours, by the name their command lines begin with. */
const PROGRAMS: Readonly<Record<string, () => string>> = {
  'redis-server': () => findTool('redis-server'),
  prometheus: () => findTool('prometheus'),
  node: () => process.execPath,
};
/** What images that are not ours run when the service names no program. */
const ENTRYPOINTS: Readonly<Record<string, readonly string[]>> = { prometheus: ['prometheus'] };
const PATHS_OF_CONTAINERS = /(?<![\w.}/])\/(?:app|etc|tmp|data|prometheus|var)(?=[/\s'"]|$)[\w./-]*/gm;

/**
 * The services of docker-compose.yml as processes of this machine: their own command lines and files, with hosts and
 * ports replaced by `localhost` and free ports, and the paths of each container by paths below a directory of its own.
 */
export class ComposeProcesses {
  private readonly directory = temporaryDirectory();
  private readonly services = readCompose().services;

  private constructor(
    /** By `service:port`. */
    private readonly ports: ReadonlyMap<string, number>,
    private readonly stages: ReadonlyMap<string, Stage>
  ) {}

  /** For these addresses, as the files have them: `cache-1:6379`. */
  static async plan(addresses: readonly string[], stages: ReadonlyMap<string, Stage>): Promise<ComposeProcesses> {
    const ports = new Map<string, number>();
    for (const address of addresses) ports.set(address, await freePort());
    return new ComposeProcesses(ports, stages);
  }

  port(address: string): number {
    return this.ports.get(address)!;
  }

  /** Starts a service with arguments of the test's own behind its command line. */
  start(name: string, ...more: readonly string[]): RunningProcess {
    const service = this.services[name]!;
    for (const mount of mountsOf(service)) {
      const path = this.path(name, mount.target);
      mkdirSync(mount.isVolume ? path : dirname(path), { recursive: true });
      if (!mount.isVolume) writeFileSync(path, this.onThisMachine(name, projectText(mount.source)));
    }
    for (const path of service.tmpfs ?? []) mkdirSync(this.path(name, path), { recursive: true });
    return this.run(name, [...this.entrypoint(name, service), ...(service.command ?? [])], more);
  }

  /** Runs a command in a service's place, such as that of its health check. */
  run(name: string, words: readonly string[], more: readonly string[] = []): RunningProcess {
    const [program = '', ...args] = this.onThisMachine(name, words.join('\0')).split('\0');
    return startProcess(PROGRAMS[program]?.() ?? program, [...args, ...more], {}, this.directory);
  }

  /** A path of a service's container. */
  path(name: string, path: string): string {
    return path.startsWith('/app/') ? join(ROOT, path.slice('/app'.length)) : join(this.directory, name, path);
  }

  private entrypoint(name: string, { entrypoint, build }: ComposeService): readonly string[] {
    if (entrypoint !== undefined) return entrypoint;
    const stage = build && this.stages.get(build.target);
    return stage === undefined ? (ENTRYPOINTS[name] ?? []) : instructionsOf(stage, 'ENTRYPOINT')[0]!.words;
  }

  private onThisMachine(name: string, text: string): string {
    let replaced = text.replace(PATHS_OF_CONTAINERS, (path) => this.path(name, path));
    for (const [address, port] of this.ports) {
      const [host = '', given = ''] = address.split(':');
      replaced = replaced.replace(new RegExp(`\\b${host}([:\\s\\0])${given}\\b`, 'g'), `localhost$1${port}`);
      if (host === name) replaced = replaced.replace(new RegExp(`\\b(localhost:|port )${given}\\b`, 'g'), `$1${port}`);
      // Names without a port, which are announced; not those of targets.
      replaced = replaced.replace(new RegExp(`(announce-ip[ \\0])${host}\\b`, 'g'), '$1localhost');
    }
    return replaced;
  }
}
