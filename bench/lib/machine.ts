import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { VERSION } from './project';

/** The machine and ourselves, as rows of a table. */
export function describeMachine(): [string, string][] {
  const memoryGb = Math.round(totalmem() / 1e9);
  const kernel = release().split('.').slice(0, 2).join('.');
  return [
    ['machine', `${availableParallelism()} cores of ${cpus()[0]?.model ?? 'an unknown CPU'}, ${memoryGb} GB`],
    ['system', `${type()} ${kernel}`],
    ['Redis Vitals', `${VERSION} on Node.js ${process.versions.node}`],
  ];
}
