import { makePoll } from '../testing/poll-results';
import { EventWatch } from './event-watch';

const failure = { code: 'timeout', message: 'as the test says' } as const;

function start() {
  const added: string[] = [];
  const watch = new EventWatch({
    add: (events) => added.push(...events.map(({ target, kind, timeMs }) => `${timeMs} ${target} ${kind}`)),
    now: () => 1234,
  });
  const poll = (target: string, parts = {}) => watch.notice(makePoll({ target, ...parts }));
  return { added, watch, poll };
}

describe('EventWatch', () => {
  it('tells targets apart', () => {
    const { added, poll } = start();
    poll('cache-1');
    poll('cache-2', { failure });
    poll('cache-1', { failure });
    expect(added).toEqual(['1234 cache-1 target_down']);
  });

  it('forgets targets that are gone', () => {
    const { added, watch, poll } = start();
    poll('cache-1');
    poll('cache-2');
    watch.keep(new Set(['cache-2']));
    poll('cache-1', { failure });
    poll('cache-2', { failure });
    expect(added).toEqual(['1234 cache-2 target_down']);
  });
});
