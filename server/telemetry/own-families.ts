import { Registry } from 'prom-client';
import { createOwnMetrics } from './own-metrics';
import { registerProcessMetrics } from './process-metrics';

/** What there is to know of a metric family of our own process. */
export interface OwnFamily {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly labelNames: readonly string[];
}

/** The families of our own process, under the default namespace; on other systems than Linux some are missing. */
export function ownFamilies(): readonly OwnFamily[] {
  const exporter = new Registry();
  const process = new Registry();
  const figures = {
    state: '',
    diskBytes: 0,
    series: 0,
    samplesStored: 0,
    samplesRefused: {},
    pendingSamples: 0,
    slowLog: { entries: 0, lost: 0, failures: 0 },
  };
  const options = { namespace: 'redis', version: '', countTargets: () => 0, history: () => figures };
  createOwnMetrics(options, { exporter, process });
  registerProcessMetrics(process);
  // Safe: every metric of prom-client has these members; its types leave out `labelNames` and say that `type` is a number.
  const families = [...exporter.getMetricsAsArray(), ...process.getMetricsAsArray()] as unknown as readonly OwnFamily[];
  return families.map(({ name, type, help, labelNames }) => ({ name, type, help, labelNames }));
}
