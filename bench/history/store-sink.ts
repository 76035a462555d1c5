import { openDiskStore } from '../../server/history/disk-store';
import type { Store } from '../../server/history/store';
import type { Dataset, Poll } from './dataset';
import type { Sink } from './sink';

/** How often the collector writes down what it has polled. */
const FLUSH_MS = 2_000;
const RETENTION_MS = 15 * 24 * 60 * 60 * 1000;

/** Our own store, its clock at the time of the poll. */
export class StoreSink implements Sink {
  private readonly dataset: Dataset;
  private readonly store: Store;
  private nowMs: number;
  private flushAtMs: number;

  constructor(dataset: Dataset, directory: string) {
    this.dataset = dataset;
    this.nowMs = dataset.fromMs;
    this.flushAtMs = dataset.fromMs + FLUSH_MS;
    const now = (): number => this.nowMs;
    this.store = openDiskStore({ directory, retentionMs: RETENTION_MS, synchronous: 'normal', now });
  }

  add({ target, atMs, values }: Poll): void {
    this.nowMs = atMs;
    this.store.append(this.dataset.targets[target]!, atMs, { layout: this.dataset.mix.layout, values });
    if (atMs < this.flushAtMs) return;
    this.store.flush();
    this.flushAtMs += FLUSH_MS;
  }

  drained(): Promise<void> {
    return Promise.resolve();
  }

  /** Throws unless everything was taken in. */
  end(): Promise<void> {
    this.store.flush();
    const { state, problem = '', samplesRefused } = this.store.status();
    if (state !== 'ok' || Object.keys(samplesRefused).length > 0) {
      throw new Error(`the store is ${state} ${problem} and refused ${JSON.stringify(samplesRefused)}`);
    }
    this.store.close();
    return Promise.resolve();
  }
}
