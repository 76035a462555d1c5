import { collected, recordedInfo } from '../testing/collected';
import { latencystats } from './latencystats';

function info(commandStats: readonly string[], latencies: readonly string[]): string {
  return ['# Commandstats', ...commandStats, '', '# Latencystats', ...latencies, ''].join('\r\n');
}

describe('latencystats', () => {
  it('gives percentiles as the server names them, with calls and time of the command', () => {
    const text = info(
      ['cmdstat_get:calls=113,usec=25'],
      ['latency_percentiles_usec_get:p50=0.001,p99=1.003,p99.9=5.023']
    );
    expect(collected(latencystats, text)).toEqual({
      'redis_latency_percentiles_usec{cmd="get",quantile="50"}': 0.001,
      'redis_latency_percentiles_usec{cmd="get",quantile="99"}': 1.003,
      'redis_latency_percentiles_usec{cmd="get",quantile="99.9"}': 5.023,
      'redis_latency_percentiles_usec_sum{cmd="get"}': 25,
      'redis_latency_percentiles_usec_count{cmd="get"}': 113,
    });
  });

  it.each([
    [
      'other percentiles, set with latency-tracking-info-percentiles',
      info(['cmdstat_a|b:calls=2,usec=9'], ['latency_percentiles_usec_a|b:p0=1,p100=8']),
      {
        'redis_latency_percentiles_usec{cmd="a|b",quantile="0"}': 1,
        'redis_latency_percentiles_usec{cmd="a|b",quantile="100"}': 8,
        'redis_latency_percentiles_usec_sum{cmd="a|b"}': 9,
        'redis_latency_percentiles_usec_count{cmd="a|b"}': 2,
      },
    ],
    [
      'no percentiles at all',
      info(['cmdstat_get:calls=2,usec=9'], ['latency_percentiles_usec_get:']),
      {
        'redis_latency_percentiles_usec_sum{cmd="get"}': 9,
        'redis_latency_percentiles_usec_count{cmd="get"}': 2,
      },
    ],
    [
      'a command without statistics',
      info([], ['latency_percentiles_usec_get:p50=1', 'other:p50=2']),
      {
        'redis_latency_percentiles_usec{cmd="get",quantile="50"}': 1,
        'redis_latency_percentiles_usec_sum{cmd="get"}': 0,
        'redis_latency_percentiles_usec_count{cmd="get"}': 0,
      },
    ],
  ])('gives %s', (_, text, expected) => {
    expect(collected(latencystats, text)).toEqual(expected);
  });

  it('says nothing before Redis 7.0', () => {
    expect(collected(latencystats, recordedInfo('redis-6.2', 'master'))).toEqual({});
  });
});
