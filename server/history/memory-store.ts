import { createMemoryLogBook } from './log-book';
import { MemoryShelf } from './memory-shelf';
import { SampleStore } from './sample-store';
import type { Store, StoreOptions } from './store';

const DEFAULT_BYTES = 64 * 2 ** 20;

/** A store that is gone with the process; its blocks take at most `maxBytes` (default 64 MiB), about. */
export function openMemoryStore({ maxBytes = DEFAULT_BYTES, ...options }: StoreOptions): Store {
  return new SampleStore(new MemoryShelf(), createMemoryLogBook(), { ...options, maxBytes });
}
