import { freePort } from '../../server/testing/free-port';
import type { Processes } from '../lib/processes';
import { startSide, type IsReady, type Side } from '../lib/side';

export const RIVALS = ['redis_exporter'];

/** Both, up at once on the same servers. */
export interface Sides {
  readonly ours: Side;
  readonly its: Side;
}

/** Ready is who shows a target that is up on this page. */
export function showsTarget(page = '/metrics'): IsReady {
  return async (url) => countUp(await (await fetch(url + page)).text()) > 0;
}

/** Starts redis_exporter with its defaults. */
export async function startExporter(processes: Processes, program: string, redisUrl: string): Promise<Side> {
  const listen = `127.0.0.1:${await freePort()}`;
  const args = ['-redis.addr', redisUrl, '-web.listen-address', listen];
  return startSide(processes, program, args, listen, showsTarget());
}

/** Targets of a page that are up. */
function countUp(page: string): number {
  return page.match(/^redis_up(?:\{.*\})? 1$/gm)?.length ?? 0;
}

/** Throws unless the page shows that many targets, all up: a fast answer without content is worth nothing. */
export async function checkPage(url: string, targets = 1): Promise<string> {
  const response = await fetch(url);
  const page = await response.text();
  if (response.status !== 200 || countUp(page) !== targets) {
    throw new Error(`${url} answers ${response.status} and shows ${countUp(page)} of ${targets} targets as up`);
  }
  return page;
}
