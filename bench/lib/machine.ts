import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import type { Tools } from './bench';
import { VERSION, versionOf } from './project';

/** The machine and the programs, as rows of a table. */
export function describeSetup(tools: Tools): [string, string][] {
  const memoryGb = Math.round(totalmem() / 1e9);
  const kernel = release().split('.').slice(0, 2).join('.');
  return [
    ['machine', `${availableParallelism()} cores of ${cpus()[0]?.model ?? 'an unknown CPU'}, ${memoryGb} GB`],
    ['system', `${type()} ${kernel}`],
    ['Redis Vitals', `${VERSION} on Node.js ${process.versions.node}`],
    ['redis_exporter', versionOf(tools.exporter, ['-version'], /Exporter (\S+)/)],
    ['Redis', versionOf(tools.redis, ['--version'], /v=(\S+)/)],
    ['wrk', versionOf(tools.wrk, ['-v'], /^wrk (\S+)/)],
  ];
}
