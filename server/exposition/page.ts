import type { SampleSet } from '../model/samples';

/** `text` is Prometheus text 0.0.4, `openmetrics` is OpenMetrics 1.0.0. */
export type Format = 'text' | 'openmetrics';

export const CONTENT_TYPES: Readonly<Record<Format, string>> = {
  text: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};

/** Samples of one target and the labels every one of its series carries (`instance` and the target's own). */
export interface PageEntry {
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: SampleSet;
}
