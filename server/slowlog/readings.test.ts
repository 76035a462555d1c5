import { commandlog } from '../collectors/commandlog';
import { slowlog } from '../collectors/slowlog';
import { SampleRecorder } from '../model/sample-recorder';
import { getCommand, readLogs } from './readings';

it('reads what collectors slowlog and commandlog say', () => {
  const recorder = new SampleRecorder();
  [...slowlog.families, ...commandlog.families].forEach((family, at) => recorder.add(family, at + 1));
  const [, , , , largeRequests, largeReplies] = [...slowlog.families, ...commandlog.families].map((_, at) => at + 1);
  expect(readLogs(recorder.finish())).toEqual([
    { log: 'slow', length: 1, lastId: 2, mostEntries: undefined },
    { log: 'large-request', length: largeRequests, lastId: undefined, mostEntries: 10 },
    { log: 'large-reply', length: largeReplies, lastId: undefined, mostEntries: 12 },
  ]);
});

it('knows of no logs where neither says anything', () => {
  expect(readLogs(new SampleRecorder().finish())).toEqual([]);
});

it.each([
  ['slow', 'SLOWLOG GET 17'],
  ['large-request', 'COMMANDLOG GET 17 large-request'],
  ['large-reply', 'COMMANDLOG GET 17 large-reply'],
] as const)('asks for the log %s', (log, expected) => {
  expect(getCommand(log, 17).args.join(' ')).toBe(expected);
});
