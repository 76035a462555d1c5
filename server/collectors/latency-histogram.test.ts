import { ErrorReply, type Reply } from '../model/command';
import { collected } from '../testing/collected';
import { latencyHistogram } from './latency-histogram';
import { ReplyError, UnexpectedReply } from './replies';

const STATS = [
  'cmdstat_get:calls=3,usec=70',
  'cmdstat_config|get:calls=1,usec=8',
  'cmdstat_ft.search-x_y:calls=1,usec=4',
];

function of(reply: Reply | ErrorReply, version = '7.0.0', mode = 'standalone') {
  const info = ['# Server', `redis_version:${version}`, `redis_mode:${mode}`, '# Commandstats', ...STATS, ''].join(
    '\r\n'
  );
  return collected(latencyHistogram, info, { 'LATENCY HISTOGRAM': reply });
}

const GET = ['get', ['calls', 3, 'histogram_usec', [1, 1, 33, 2, 66, 3]]];

describe('latency-histogram', () => {
  it('gives the buckets, up to infinity, and the time the command took', () => {
    expect(of(GET)).toEqual({
      'redis_commands_latencies_usec_bucket{cmd="get",le="1"}': 1,
      'redis_commands_latencies_usec_bucket{cmd="get",le="33"}': 2,
      'redis_commands_latencies_usec_bucket{cmd="get",le="66"}': 3,
      'redis_commands_latencies_usec_bucket{cmd="get",le="+Inf"}': 3,
      'redis_commands_latencies_usec_sum{cmd="get"}': 70,
      'redis_commands_latencies_usec_count{cmd="get"}': 3,
    });
  });

  it.each([
    ['a subcommand', 'config|get', 8],
    ['a name with a point, a dash and an underscore', 'ft.search-x_y', 4],
    ['a container, from its subcommands', 'config', 8],
    ['a command without statistics', 'set', 0],
  ])('has the sum of %s', (_, command, sum) => {
    const found = of([command, ['calls', 1, 'histogram_usec', [8, 1]]]);
    expect(found[`redis_commands_latencies_usec_sum{cmd="${command}"}`]).toBe(sum);
  });

  it.each([
    ['no command', [], {}],
    [
      'a command that fell into no bucket',
      ['get', ['calls', 0, 'histogram_usec', []]],
      {
        'redis_commands_latencies_usec_bucket{cmd="get",le="+Inf"}': 0,
        'redis_commands_latencies_usec_sum{cmd="get"}': 70,
        'redis_commands_latencies_usec_count{cmd="get"}': 0,
      },
    ],
  ])('gives %s', (_, reply, expected) => {
    expect(of(reply)).toEqual(expected);
  });

  it.each([
    [
      'a refusal',
      new ErrorReply("NOPERM this user has no permissions to run the 'latency|histogram' command"),
      ReplyError,
    ],
    ['no array', 7, UnexpectedReply],
    ['commands without details', ['get', 'calls'], UnexpectedReply],
    ['details without calls', ['get', ['calls', 'many', 'histogram_usec', []]], UnexpectedReply],
    ['details without buckets', ['get', ['calls', 1]], UnexpectedReply],
    ['buckets that are no numbers', ['get', ['calls', 1, 'histogram_usec', ['1', '1']]], UnexpectedReply],
    ['names that are none', [1, ['calls', 1, 'histogram_usec', []]], UnexpectedReply],
  ])('fails on %s', (_, reply, error) => {
    expect(() => of(reply)).toThrow(error);
  });

  it.each([
    ['6.2.16', 'standalone', false],
    ['7.0.0', 'standalone', true],
    ['7.0.0', 'cluster', true],
    ['7.0.0', 'sentinel', false],
  ])('Redis %s %s: %s', (version, mode, applies) => {
    expect(Object.keys(of(GET, version, mode)).length > 0).toBe(applies);
  });
});
