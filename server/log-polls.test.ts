import { logPolls } from './log-polls';
import type { CollectorFailure, Failure, PollResult } from './model/poll-result';
import { SampleRecorder } from './model/sample-recorder';
import { makeTarget } from './testing/fake-targets';

const target = makeTarget('cache-1');
const refused: Failure = { code: 'refused', message: 'connection refused' };
const hung: Failure = { code: 'timeout', message: 'no answer' };
const off: CollectorFailure = { collector: 'slowlog', code: 'no_permission', message: 'grant +slowlog', off: true };
const broken: CollectorFailure = { collector: 'latency', code: 'parse', message: 'not an array', off: false };

function poll(failure?: Failure, collectorFailures: readonly CollectorFailure[] = []): PollResult {
  const samples = new SampleRecorder().finish();
  return { target, startedAtMs: 0, durationMs: 1.4, collectorFailures, samples, ...(failure && { failure }) };
}

/** The lines each poll gave rise to. */
function logged(results: readonly PollResult[]): readonly (readonly string[])[] {
  let lines: string[] = [];
  const listen = logPolls((name) => ({
    info: (fields, message) => lines.push(`info ${name} ${JSON.stringify(fields)} ${message}`),
    warn: (fields, message) => lines.push(`warn ${name} ${JSON.stringify(fields)} ${message}`),
  }));
  return results.map((result) => {
    lines = [];
    listen(result);
    return lines;
  });
}

const UP = 'info cache-1 {"durationMs":1} target is up';
const REFUSED = 'warn cache-1 {"code":"refused"} target is down: connection refused';
const OFF = 'warn cache-1 {"collector":"slowlog","code":"no_permission"} collector slowlog is off: grant +slowlog';

describe('logPolls', () => {
  it.each<[string, readonly PollResult[], readonly (readonly string[])[]]>([
    ['a target that stays up', [poll(), poll(), poll()], [[UP], [], []]],
    [
      'a target that goes down, down otherwise, and up again',
      [poll(), poll(refused), poll(refused), poll(hung), poll()],
      [[UP], [REFUSED], [], ['warn cache-1 {"code":"timeout"} target is down: no answer'], [UP]],
    ],
    [
      'a collector that is off for a while, also across a failure of the target',
      [poll(undefined, [off]), poll(undefined, [off]), poll(refused), poll(undefined, [off]), poll()],
      [[UP, OFF], [], [REFUSED], [UP], ['info cache-1 {"collector":"slowlog"} collector slowlog works again']],
    ],
    [
      'a second collector that fails',
      [poll(undefined, [off]), poll(undefined, [off, broken])],
      [[UP, OFF], ['warn cache-1 {"collector":"latency","code":"parse"} collector latency failed: not an array']],
    ],
  ])('%s', (_, results, expected) => {
    expect(logged(results)).toEqual(expected);
  });
});
