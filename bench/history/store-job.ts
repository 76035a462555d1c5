import type { Dataset } from './dataset';
import type { Mix } from './mix';
import { recordedMix, type Recording } from './recorded';
import { syntheticMix } from './synthetic';

/** What a process of its own is to store, as it can be written to a file. */
export interface StoreJob extends Omit<Dataset, 'mix'> {
  readonly directory: string;
  readonly series: number;
  /** Absent: synthetic values. */
  readonly recording?: Recording;
}

export function mixOf({ recording, series }: Pick<StoreJob, 'recording' | 'series'>): Mix {
  return recording === undefined ? syntheticMix(series) : recordedMix(recording, series);
}
