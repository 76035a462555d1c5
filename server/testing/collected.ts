import type { Collector } from '../collectors/collector';
import { Replies } from '../collectors/replies';
import type { ErrorReply, Reply } from '../model/command';
import { lastLabelName } from '../model/samples';
import { SampleRecorder } from '../model/sample-recorder';
import { replyCases } from './replies';

/** When the servers of `collected` were asked, in Unix milliseconds. */
export const ASKED_AT_MS = 1_700_000_000_000;

/**
 * What a collector says of a server, by series as PromQL writes them: `redis_up`, `redis_db_keys{db="db0"}`. Empty
 * labels are left out; a collector that does not apply says nothing. `others` are the replies to other commands than
 * INFO, by command; a collector that cannot do without one throws.
 */
export function collected(
  collector: Collector,
  infoText: string,
  others: Readonly<Record<string, Reply | ErrorReply>> = {}
): Record<string, number> {
  const byCommand = new Map([['INFO', infoText], ...Object.entries(others)]);
  const replies = new Replies(byCommand, 'INFO', ASKED_AT_MS, undefined);
  const recorder = new SampleRecorder();
  if (collector.applies?.(replies.facts) ?? true) collector.collect(replies, recorder);
  const { layout, values } = recorder.finish();
  return Object.fromEntries(
    layout.series.map(({ family, part, labels }, index) => {
      const labelNames = [...family.labelNames, lastLabelName(part)];
      const pairs = labels.map((value, at) => [labelNames[at], value]).filter(([, value]) => value !== '');
      const text = pairs.map(([name, value]) => `${name}="${value}"`).join();
      return [`${family.name}${part}${text === '' ? '' : `{${text}}`}`, values[index]!];
    })
  );
}

/** The text of INFO of a recorded case. */
export function recordedInfo(version: string, situation: string): string {
  const found = replyCases().find((one) => one.version === version && one.situation === situation);
  if (found === undefined) throw new Error(`no recorded replies of ${version} as ${situation}`);
  return found.info;
}
