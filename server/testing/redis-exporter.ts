import { startHttpProcess, type HttpProcess } from './http-process';
import { findTool } from './tool';

/** A real redis_exporter: the server of its arguments or environment is on its /metrics, any on /scrape?target=. */
export function startRedisExporter(
  args: readonly string[],
  env?: (address: string) => Readonly<Record<string, string>>
): Promise<HttpProcess> {
  return startHttpProcess({
    command: findTool('prometheus-redis-exporter'),
    args: (address) => [...(env === undefined ? ['-web.listen-address', address] : []), ...args],
    ...(env && { env }),
    readyPath: '/health',
  });
}
