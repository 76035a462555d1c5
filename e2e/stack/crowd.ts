import { mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CollectorTarget } from './collector';
import { Redis } from './redis';

/** One server under many addresses: a socket file with many names. */
export async function startCrowd(count: number): Promise<{ redis: Redis; targets: readonly CollectorTarget[] }> {
  const directory = mkdtempSync(join(tmpdir(), 'vitals-e2e-'));
  const socket = join(directory, 'redis.sock');
  const redis = await Redis.start(['--unixsocket', socket]);
  const targets = Array.from({ length: count }, (_, index) => {
    const path = join(directory, `${index + 1}.sock`);
    symlinkSync(socket, path);
    return { name: `cache-${index + 1}`, url: `unix://${path}` };
  });
  return { redis, targets };
}
