import type { StoredEvent } from '../history/interfaces';
import { KeptMessages } from './kept-messages';
import type { ToThread } from './protocol';

const event = (text: string): Omit<StoredEvent, 'id'> => ({
  timeMs: 1,
  target: 'one',
  kind: 'restart',
  severity: 'info',
  text,
  details: {},
});
const events = (...texts: string[]): ToThread => ({ type: 'events', events: texts.map(event) });

describe('messages that are kept', () => {
  it('are entries and events, in order, once', () => {
    const kept = new KeptMessages();
    const entries: ToThread = { type: 'entries', entries: [] };
    const others: ToThread[] = [{ type: 'close' }, { type: 'targets', targets: [] }];
    expect([events('a'), ...others, entries, events('b')].map((message) => kept.add(message))).toEqual([
      true,
      false,
      false,
      true,
      true,
    ]);
    expect(kept.take()).toEqual({ messages: [events('a'), entries, events('b')], lost: 0 });
    expect(kept.take()).toEqual({ messages: [], lost: 0 });
  });

  it('are the newest when there are too many, and the others are counted', () => {
    const kept = new KeptMessages(3);
    for (const message of [events('a', 'b'), events('c'), events('d', 'e')]) kept.add(message);
    expect(kept.take()).toEqual({ messages: [events('c'), events('d', 'e')], lost: 2 });
    kept.add(events('a', 'b', 'c', 'd'));
    expect(kept.take()).toEqual({ messages: [], lost: 4 });
  });
});
