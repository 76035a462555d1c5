import type { HistoryStatus } from '../api/contract';
import { openDiskStore, type DiskStoreOptions } from '../history/disk-store';
import { HistoryError } from '../history/history-error';
import { openMemoryStore } from '../history/memory-store';
import type { Store } from '../history/store';
import { copyHistory } from './copy-history';

/** A disk that could not be used at the start is tried again this often. */
const RETRY_MS = 30_000;
/** Of what is kept in memory meanwhile. */
const MEMORY_BYTES = 128 * 2 ** 20;

/** The store on disk; while its directory cannot be used, one in memory, which moves to the disk once it can. */
export class StoreKeeper {
  store: Store;
  private readonly options: DiskStoreOptions;
  /** Absent: the store is the one on disk. */
  private waiting: { problem: string; retryAtMs: number } | undefined;

  /** Throws HistoryError when waiting would not help, as when another process writes there. */
  constructor(options: DiskStoreOptions) {
    this.options = options;
    this.store = this.open() ?? openMemoryStore({ ...options, maxBytes: MEMORY_BYTES });
  }

  status(): HistoryStatus {
    const { directory } = this.options;
    const status = this.store.status();
    if (this.waiting === undefined) return { ...status, directory };
    const { samplesStored: pendingSamples } = status;
    return { ...status, directory, diskBytes: 0, state: 'degraded', problem: this.waiting.problem, pendingSamples };
  }

  flush(): void {
    this.store.flush();
    if (this.waiting !== undefined && this.options.now() >= this.waiting.retryAtMs) this.moveToDisk();
  }

  close(): void {
    this.flush();
    this.store.close();
  }

  private moveToDisk(): void {
    const disk = this.open();
    if (disk === undefined) return;
    copyHistory(this.store, disk);
    disk.flush();
    this.store.close();
    this.store = disk;
  }

  /** Undefined when the disk cannot be used now; then it says when to try again. */
  private open(): Store | undefined {
    try {
      const store = openDiskStore(this.options);
      this.waiting = undefined;
      return store;
    } catch (error) {
      if (!(error instanceof HistoryError) || error.code !== 'cannot_open') throw error;
      this.waiting = { problem: error.message, retryAtMs: this.options.now() + RETRY_MS };
      return undefined;
    }
  }
}
