import type { Collector } from '../collectors/collector';
import { learnFacts } from '../collectors/facts';
import { Replies } from '../collectors/replies';
import { SampleRecorder } from '../model/sample-recorder';
import { parseInfo } from '../parse/info';
import { replyCases } from './replies';

/** When the servers of `collected` were asked, in Unix milliseconds. */
export const ASKED_AT_MS = 1_700_000_000_000;

/**
 * What a collector that needs INFO alone says of a server, by series as PromQL writes them: `redis_up`,
 * `redis_db_keys{db="db0"}`. Empty labels are left out; a collector that does not apply says nothing.
 */
export function collected(collector: Collector, infoText: string): Record<string, number> {
  const info = parseInfo(infoText);
  const facts = learnFacts(info, ASKED_AT_MS);
  const recorder = new SampleRecorder();
  if (collector.applies?.(facts) ?? true) collector.collect(new Replies(info, facts, new Map()), recorder);
  const { layout, values } = recorder.finish();
  return Object.fromEntries(
    layout.series.map(({ family, labels }, index) => {
      const pairs = family.labelNames.map((name, at) => [name, labels[at]]).filter(([, value]) => value !== '');
      const text = pairs.map(([name, value]) => `${name}="${value}"`).join();
      return [text === '' ? family.name : `${family.name}{${text}}`, values[index]!];
    })
  );
}

/** The text of INFO of a recorded case. */
export function recordedInfo(version: string, situation: string): string {
  const found = replyCases().find((one) => one.version === version && one.situation === situation);
  if (found === undefined) throw new Error(`no recorded replies of ${version} as ${situation}`);
  return found.info;
}
