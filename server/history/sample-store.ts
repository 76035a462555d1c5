import type { FamilyDescriptor } from '../model/family';
import type { SampleSet } from '../model/samples';
import type { BlockError } from './block';
import { Dictionary } from './dictionary';
import { describeDiskError, isDiskError, type DiskError } from './disk-problem';
import { Flusher } from './flusher';
import { Head } from './head';
import type { PointVisitor, StoredSeries } from './interfaces';
import { windowOf, windowStartMs } from './key';
import type { StoreLogBook } from './memory-log-book';
import { RangeReader } from './range-reader';
import { planRanges, type WantedSeries } from './read-plan';
import { replayJournal } from './replay';
import { Retention } from './retention';
import { eachSegment } from './segment';
import { SeriesIndex } from './series-index';
import type { Shelf } from './shelf';
import type { Store, StoreOptions, StoreStatus } from './store';
import { TargetBook } from './target-book';
import { Trouble } from './trouble';

export interface SampleStoreOptions extends StoreOptions {
  readonly directory?: string;
  readonly readOnly?: boolean;
}

/** The store over any shelf: newest polls in memory, the others in blocks on the shelf. */
export class SampleStore implements Store {
  readonly log: StoreLogBook;
  private readonly shelf: Shelf;
  private readonly options: SampleStoreOptions;
  private readonly dictionary = new Dictionary();
  private readonly targetBook = new TargetBook(this.dictionary);
  private readonly index = new SeriesIndex(this.dictionary, this.targetBook);
  private readonly head: Head;
  private readonly flusher: Flusher;
  private readonly retention: Retention;
  private readonly reader: RangeReader;
  private isClosed = false;
  private trouble: Trouble | undefined;
  /** What could not be read, since the store was opened. */
  private damage: string | undefined;

  /** Throws what the shelf throws. */
  constructor(shelf: Shelf, log: StoreLogBook, options: SampleStoreOptions) {
    this.shelf = shelf;
    this.log = log;
    this.options = options;
    this.dictionary.load(shelf);
    this.targetBook.load(shelf);
    this.head = new Head(this.dictionary, this.targetBook, shelf);
    [this.damage] = replayJournal(shelf, this.targetBook, this.head, options.directory);
    const parts = { dictionary: this.dictionary, targets: this.targetBook, head: this.head };
    this.flusher = new Flusher(shelf, parts, log);
    this.retention = new Retention(shelf, parts, log, options);
    this.reader = new RangeReader(shelf, (error) => this.noteDamage(error));
  }

  append(target: string, atMs: number, samples: SampleSet): void {
    if (this.options.readOnly === true) throw new Error('the store was opened for reading only');
    this.guard(() => this.head.append(target, atMs, samples, this.options.now()));
  }

  flush(): void {
    if (this.trouble?.isDue() === false) this.trouble.giveUp();
    else this.write();
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.write();
    this.shelf.close();
  }

  targets(): string[] {
    return Array.from(this.targetBook.all(), ({ name }) => name);
  }

  families(): FamilyDescriptor[] {
    return this.dictionary.descriptors();
  }

  series(family: string, targets?: readonly string[]): StoredSeries[] {
    return this.index.find(family, targets);
  }

  latestMs(target: string): number | undefined {
    return this.targetBook.find(target)?.newestMs;
  }

  read(
    series: readonly StoredSeries[],
    fromMs: number,
    toMs: number,
    visit: PointVisitor,
    isCancelled: () => boolean = () => false
  ): boolean {
    const wanted = series.flatMap((stored, index): WantedSeries[] => {
      const place = this.index.placeOf(stored);
      return place === undefined ? [] : [{ index, ...place }];
    });
    const ranges = planRanges(wanted);
    const newestMs = wanted.reduce((newest, { target }) => Math.max(newest, target.newestMs), -Infinity);
    const first = windowOf(Math.max(fromMs, this.oldestMs() ?? Infinity));
    const last = windowOf(Math.min(toMs, newestMs));
    for (let window = first; window <= last; window++) {
      for (const range of ranges) {
        if (isCancelled()) return false;
        this.guard(() => this.reader.read(window, range, { fromMs, toMs }, visit));
      }
    }
    return true;
  }

  status(): StoreStatus {
    const { directory, retentionMs } = this.options;
    const removed = this.shelf.isRemoved()
      ? `${directory ?? 'memory'}: the file was removed while it was in use, and what is stored now is lost with this process: restart it`
      : undefined;
    const problem = this.trouble?.problem ?? removed ?? this.damage;
    const oldestMs = this.oldestMs();
    return {
      state: problem === undefined ? 'ok' : 'degraded',
      ...(problem !== undefined && { problem }),
      ...(directory !== undefined && { directory }),
      retentionMs,
      diskBytes: this.guard(() => this.shelf.takenBytes()) ?? 0,
      series: this.dictionary.uses,
      samplesStored: this.flusher.samplesStored,
      samplesRefused: Object.fromEntries(this.head.refused),
      pendingSamples: this.head.pendingSamples,
      ...(oldestMs !== undefined && { oldestMs }),
    };
  }

  private write(): void {
    if (this.options.readOnly === true) return;
    try {
      this.retention.step();
      this.flusher.flush();
      this.trouble = undefined;
    } catch (error) {
      if (!isDiskError(error)) throw error;
      const problem = `${this.describe(error)}; new samples are kept in memory meanwhile`;
      this.trouble ??= new Trouble(problem, this.targetBook, this.head);
      this.trouble.failed(problem);
      this.trouble.giveUp();
    }
  }

  private oldestMs(): number | undefined {
    let oldest = this.guard(() => this.retention.oldestWindow()) ?? Infinity;
    for (const { window } of eachSegment(this.targetBook.all())) oldest = Math.min(oldest, window);
    return oldest === Infinity ? undefined : windowStartMs(oldest);
  }

  /** Undefined when the disk fails. */
  private guard<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!isDiskError(error)) throw error;
      this.damage = this.describe(error);
      return undefined;
    }
  }

  private noteDamage({ message }: BlockError): void {
    this.damage = `${this.options.directory ?? 'memory'}: a block cannot be read (${message}): stop, and run "redis-vitals verify"`;
  }

  private describe(error: DiskError): string {
    return describeDiskError(error, this.options.directory ?? 'memory');
  }
}
