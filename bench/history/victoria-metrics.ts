import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { freePort } from '../../server/testing/free-port';
import { until } from '../../server/testing/wait';
import type { Processes } from '../lib/processes';
import { startSide, type Side } from '../lib/side';
import { bytesBelow } from './bytes';
import type { Dataset, Poll } from './dataset';
import { SampleLines } from './sample-lines';
import type { Sink } from './sink';

const WRITE_CHARACTERS = 1 << 20;
const MERGED_WITHIN_MS = 60_000;

/** Starts it without its cache of answers: it is to answer, not to repeat. */
export async function startVictoriaMetrics(processes: Processes, program: string, directory: string): Promise<Side> {
  const listen = `127.0.0.1:${await freePort()}`;
  const args = [`-storageDataPath=${directory}`, `-httpListenAddr=${listen}`, '-search.disableCache'];
  const isReady = async (url: string): Promise<boolean> => (await fetch(`${url}/health`)).ok;
  return startSide(processes, program, args, listen, isReady);
}

/** `/api/v1/import/prometheus` of a running one. */
export class VictoriaMetricsSink implements Sink {
  private readonly url: string;
  private readonly lines: SampleLines;
  private readonly upload: ClientRequest;
  private readonly response: Promise<IncomingMessage>;
  private text = '';

  constructor(dataset: Dataset, url: string) {
    this.url = url;
    this.lines = new SampleLines(dataset);
    this.upload = request(`${url}/api/v1/import/prometheus`, { method: 'POST' });
    this.response = once(this.upload, 'response').then(([response]) => response as IncomingMessage); // so it is documented
    this.response.catch(() => undefined); // `end` looks at it
  }

  add(poll: Poll): void {
    this.text += this.lines.of(poll, `${poll.atMs}`);
    if (this.text.length < WRITE_CHARACTERS) return;
    this.upload.write(this.text);
    this.text = '';
  }

  async drained(): Promise<void> {
    if (this.upload.writableNeedDrain) await once(this.upload, 'drain');
  }

  async end(): Promise<void> {
    this.upload.end(this.text);
    const response = await this.response;
    response.resume();
    if (response.statusCode !== 204)
      throw new Error(`VictoriaMetrics answers an import with ${response.statusCode ?? ''}`);
    await fetch(`${this.url}/internal/force_flush`);
    await fetch(`${this.url}/internal/force_merge`);
    const isMerged = async (): Promise<boolean> =>
      /^vm_active_force_merges 0$/m.test(await (await fetch(`${this.url}/metrics`)).text());
    await until(isMerged, 'VictoriaMetrics to merge its parts', MERGED_WITHIN_MS);
  }
}

/** Bytes of samples and index; its caches, written when it ends, are not counted. */
export function victoriaMetricsBytes(directory: string): number {
  return ['data', 'indexdb'].reduce((sum, name) => sum + bytesBelow(join(directory, name)), 0);
}
