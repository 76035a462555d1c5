import type { Reply } from '../model/command';
import { replyCases } from '../testing/replies';
import { parseSlowLog } from './slow-log';

const MASTERS = replyCases().filter(({ situation }) => situation === 'master');

describe('parseSlowLog', () => {
  it.each([
    ['an empty log', [], []],
    [
      'an entry before Redis 4.0',
      [[5, 1795164062, 60021, ['DEBUG', 'SLEEP', '0.06']]],
      [
        {
          id: 5,
          timeMs: 1795164062000,
          amount: 60021,
          args: ['DEBUG', 'SLEEP', '0.06'],
          clientAddress: '',
          clientName: '',
        },
      ],
    ],
    [
      'an entry from Redis 4.0 on',
      [[0, 1795164062, 0, ['GET', 'x'], '127.0.0.1:1', 'me']],
      [{ id: 0, timeMs: 1795164062000, amount: 0, args: ['GET', 'x'], clientAddress: '127.0.0.1:1', clientName: 'me' }],
    ],
    [
      'an argument that is no text',
      [[1, 2, 3, ['SET', 7, null], '10.0.0.1:1', null]],
      [{ id: 1, timeMs: 2000, amount: 3, args: ['SET', '7', 'null'], clientAddress: '10.0.0.1:1', clientName: '' }],
    ],
  ] as [string, Reply, unknown][])('reads %s', (_, reply, expected) => {
    expect(parseSlowLog(reply)).toEqual(expected);
  });

  it.each(MASTERS)('reads what $version said', ({ reply }) => {
    const entries = parseSlowLog(reply('SLOWLOG', 'GET', '128') as Reply)!;
    expect(entries.map(({ id }) => id)).toEqual(entries.map((_, at) => entries.length - 1 - at));
    expect(entries.at(-2)).toMatchObject({ id: 1, timeMs: expect.closeTo(1795164200000, -6) as number });
    expect(entries.map(({ args }) => args)).toContainEqual(['SET', 'slow:key', 'password=hunter2']);
    expect(entries.at(-1)).toMatchObject({ args: ['CONFIG', 'SET', 'slowlog-log-slower-than', '0'] });
  });

  it.each([
    ['no list', 'OK'],
    ['nothing', null],
    ['entries that are none', ['x']],
    ['an entry without arguments', [[1, 2, 3]]],
    ['an id that is no number', [['1', 2, 3, []]]],
    ['an id beyond what a number holds', [[2 ** 60, 2, 3, []]]],
    ['a negative amount', [[1, 2, -3, []]]],
    ['one bad entry among good ones', [[1, 2, 3, []], 5]],
  ] as [string, Reply][])('refuses %s', (_, reply) => {
    expect(parseSlowLog(reply)).toBeUndefined();
  });
});
