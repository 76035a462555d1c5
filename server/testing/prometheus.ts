import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from './cleanup';
import { startHttpProcess, type HttpProcess } from './http-process';
import { findTool } from './tool';

export interface QueriedSample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface PrometheusServer extends HttpProcess {
  /** `data` of the answer to a request below /api/v1/. */
  api(path: string): Promise<unknown>;
  /** The instant vector of a PromQL expression, now. */
  query(expression: string): Promise<QueriedSample[]>;
}

/** A real Prometheus with this configuration, beside which lie the `files` it names, such as rules. */
export async function startPrometheus(
  configText: string,
  files: Readonly<Record<string, string>> = {}
): Promise<PrometheusServer> {
  const directory = temporaryDirectory();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  const configFile = join(directory, 'prometheus.yml');
  writeFileSync(configFile, configText);
  const server = await startHttpProcess({
    command: findTool('prometheus'),
    args: (address) => [
      `--config.file=${configFile}`,
      `--storage.tsdb.path=${join(directory, 'data')}`,
      `--web.listen-address=${address}`,
    ],
    readyPath: '/-/ready',
  });
  // Safe, here and below: the shapes that the HTTP API is documented to have.
  const api = async (path: string) => (JSON.parse(await server.text(`/api/v1/${path}`)) as { data: unknown }).data;
  const query = async (expression: string) => {
    const data = (await api(`query?query=${encodeURIComponent(expression)}`)) as {
      result: { metric: Record<string, string>; value: [number, string] }[];
    };
    return data.result.map(({ metric, value }) => ({ labels: metric, value: asNumber(value[1]) }));
  };
  return Object.assign(server, { api, query });
}

/** Prometheus writes infinity as `+Inf`. */
function asNumber(text: string): number {
  return Number(text.replace('Inf', 'Infinity'));
}
