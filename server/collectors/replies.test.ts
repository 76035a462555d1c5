import { ErrorReply, type Reply } from '../model/command';
import { Replies, ReplyError, UnexpectedReply } from './replies';

const INFO = '# Server\r\nrun_id:a\r\nuptime_in_seconds:100\r\n# Commandstats\r\ncmdstat_config|get:calls=2,usec=3\r\n';
const REFUSED = new ErrorReply("NOPERM this user has no permissions to run the 'slowlog|len' command");

function replies(others: Readonly<Record<string, Reply | ErrorReply>> = {}, previous?: Replies): Replies {
  const nowMs = previous === undefined ? 1_000_000 : 1_001_000;
  return new Replies(new Map([['INFO', INFO], ...Object.entries(others)]), 'INFO', nowMs, previous?.learned);
}

describe('Replies', () => {
  it('gives replies of the kind that was asked for', () => {
    const given = replies({ LEN: 5, TEXT: 'five', LIST: ['a', 5, null], NONE: null });
    expect(given.integer('LEN')).toBe(5);
    expect(given.text('TEXT')).toBe('five');
    expect(given.array('LIST')).toEqual(['a', 5, null]);
    expect(given.get('NONE')).toBeNull();
    expect(given.find('LEN')).toBe(5);
  });

  it.each<[string, (given: Replies) => unknown, string]>([
    ['integer', (given) => given.integer('X'), 'the reply to X is not an integer'],
    ['text', (given) => given.text('Y'), 'the reply to Y is not a string'],
    ['array', (given) => given.array('X'), 'the reply to X is not an array'],
    ['get', (given) => given.get('Z'), 'the reply to Z is not there'],
  ])('%s throws on another kind', (_, read, message) => {
    const given = replies({ X: 'text', Y: 5 });
    expect(() => read(given)).toThrow(UnexpectedReply);
    expect(() => read(given)).toThrow(message);
  });

  it('throws an error reply with its command, but hands it out to who looks for it', () => {
    const given = replies({ 'SLOWLOG LEN': REFUSED });
    for (const read of ['get', 'integer', 'text', 'array'] as const) {
      expect(() => given[read]('SLOWLOG LEN')).toThrow(new ReplyError('SLOWLOG LEN', REFUSED));
    }
    expect(given.find('SLOWLOG LEN')).toBe(REFUSED);
    expect(given.find('SLOWLOG GET 1')).toBeUndefined();
  });

  it.each([
    ['refused', new ErrorReply('NOAUTH Authentication required.'), ReplyError],
    ['of another kind', 5, UnexpectedReply],
    ['missing', undefined, UnexpectedReply],
    ['longer than any server makes it', 'x:1\r\n'.repeat(500_000), UnexpectedReply],
  ])('needs INFO: %s', (_, info, error) => {
    const byCommand = new Map(info === undefined ? [] : [['INFO', info]]);
    expect(() => new Replies(byCommand, 'INFO', 0, undefined)).toThrow(error);
  });

  it('parses Commandstats once', () => {
    const given = replies();
    expect(given.commandStats).toEqual([expect.objectContaining({ command: 'config|get', calls: 2, usec: 3 })]);
    expect(given.commandStats).toBe(given.commandStats);
    expect(given.usage.get('config')).toEqual({ calls: 2, usec: 3 });
    expect(given.usage).toBe(given.usage);
  });

  it('goes on where the poll before ended', () => {
    const before = replies();
    const after = replies({}, before);
    expect(after.info.shape).toBe(before.info.shape);
    expect(after.facts.startTimeSeconds).toBe(before.facts.startTimeSeconds);
  });
});
