import { ErrorReply, type Reply } from '../model/command';
import { collected } from '../testing/collected';
import { latency } from './latency';
import { ReplyError, UnexpectedReply } from './replies';

function of(reply: Reply | ErrorReply, version = '7.2.6') {
  return collected(latency, `# Server\r\nredis_version:${version}\r\n`, { 'LATENCY LATEST': reply });
}

describe('latency', () => {
  it.each([
    ['no event', [], {}],
    [
      'events',
      [
        ['command', 1795164062, 60, 75],
        ['aof-fsync-always', 1795164000, 1, 1],
      ],
      {
        'redis_latency_spike_last{event_name="command"}': 1795164062,
        'redis_latency_spike_duration_seconds{event_name="command"}': 0.06,
        'redis_latency_spike_max_duration_seconds{event_name="command"}': 0.075,
        'redis_latency_spike_last{event_name="aof-fsync-always"}': 1795164000,
        'redis_latency_spike_duration_seconds{event_name="aof-fsync-always"}': 0.001,
        'redis_latency_spike_max_duration_seconds{event_name="aof-fsync-always"}': 0.001,
      },
    ],
    [
      'an event with more to it, as in later versions',
      [['fork', 1795164062, 5, 8, 13, 2]],
      {
        'redis_latency_spike_last{event_name="fork"}': 1795164062,
        'redis_latency_spike_duration_seconds{event_name="fork"}': 0.005,
        'redis_latency_spike_max_duration_seconds{event_name="fork"}': 0.008,
      },
    ],
  ])('gives %s', (_, reply, expected) => {
    expect(of(reply)).toEqual(expected);
  });

  it.each([
    ['a refusal', new ErrorReply("NOPERM this user has no permissions to run the 'latency' command"), ReplyError],
    ['no array', 'OK', UnexpectedReply],
    ['events that are none', ['command'], UnexpectedReply],
    ['events without a duration', [['command', 1795164062]], UnexpectedReply],
  ])('fails on %s', (_, reply, error) => {
    expect(() => of(reply)).toThrow(error);
  });

  it.each([
    ['2.8.12', {}],
    ['2.8.13', { 'redis_latency_spike_last{event_name="fork"}': 1 }],
  ])('is there from Redis 2.8.13 on: %s', (version, expected) => {
    expect(of([['fork', 1, 0, 0]], version)).toEqual(expect.objectContaining(expected));
    expect(Object.keys(of([['fork', 1, 0, 0]], version)).length > 0).toBe(Object.keys(expected).length > 0);
  });
});
