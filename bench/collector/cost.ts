import type { LoadWatch } from '../lib/load-watch';
import { cpuMs } from '../lib/proc';
import { countPolls, type RedisServer } from '../lib/redis-server';

interface Cost<T> {
  readonly result: T;
  /** CPU milliseconds of the process that was asked. */
  readonly cpuMs: number;
  /** The same of the servers it asked, all together. */
  readonly redisCpuMs: number;
  /** How often these were asked for INFO. */
  readonly polls: number;
}

/** Does the work, which is asking the process `pid`, and tells what that cost it and the Redis servers behind it. */
export async function measureCost<T>(
  watch: LoadWatch,
  pid: number,
  servers: readonly RedisServer[],
  work: () => Promise<T>
): Promise<Cost<T>> {
  const redisCpuMs = (): number => servers.reduce((sum, server) => sum + cpuMs(server.pid), 0);
  const pollsBefore = await countPolls(servers);
  const [cpuBefore, redisCpuBefore] = [cpuMs(pid), redisCpuMs()];
  const result = await watch.during(work);
  const used = { cpuMs: cpuMs(pid) - cpuBefore, redisCpuMs: redisCpuMs() - redisCpuBefore };
  const polls = (await countPolls(servers)) - pollsBefore - servers.length;
  return { result, ...used, polls };
}
