import { parseExposition, sampleValue } from './exposition';

const PAGE = String.raw`# a remark
# HELP redis_up Whether \\ the target\nanswers.
# TYPE redis_up gauge
redis_up 1

redis_untyped{a="",b="x\"y\\z\n, } 7"} -1.5e+09
# TYPE redis_latency_usec histogram
redis_latency_usec_bucket{cmd="get",le="1"} 2
redis_latency_usec_bucket{cmd="get",le="+Inf"} 3
redis_latency_usec_sum{cmd="get"} NaN
redis_latency_usec_count{cmd="get"} 3
# TYPE redis_latency_usec_total counter
redis_latency_usec_total 0
# TYPE redis_percentiles summary
redis_percentiles{quantile="99"} +Inf
redis_percentiles_sum 4
redis_percentiles_count 5
`;

describe('parseExposition', () => {
  const families = parseExposition(PAGE);

  it('reads families with type, help and samples', () => {
    expect([...families.values()].map(({ name, type, samples }) => [name, type, samples.length])).toEqual([
      ['redis_up', 'gauge', 1],
      ['redis_untyped', '', 1],
      ['redis_latency_usec', 'histogram', 4],
      ['redis_latency_usec_total', 'counter', 1],
      ['redis_percentiles', 'summary', 3],
    ]);
    expect(families.get('redis_up')?.help).toBe('Whether \\ the target\nanswers.');
  });

  it.each([
    ['redis_up', {}, 1],
    ['redis_untyped', { b: 'x"y\\z\n, } 7', a: '' }, -1.5e9],
    ['redis_latency_usec_bucket', { cmd: 'get', le: '+Inf' }, 3],
    ['redis_latency_usec_sum', { cmd: 'get' }, NaN],
    ['redis_percentiles', { quantile: '99' }, Infinity],
    ['redis_percentiles_count', {}, 5],
    ['redis_percentiles', {}, undefined],
    ['redis_down', {}, undefined],
  ])('finds %s%j', (name, labels, value) => {
    expect(sampleValue(families, name, labels)).toBe(value);
  });

  it('takes an empty page', () => {
    expect(parseExposition('').size).toBe(0);
  });

  it.each([
    ['a 1', 'the last line has no line feed'],
    ['a 1\nb 1\na{x="y"} 1\n', 'line 3, a{x="y"} 1: a is in two places'],
    ['a{x="1",y="2"} 1\na{y="2",x="1"} 1\n', 'line 2, a{y="2",x="1"} 1: a series given twice'],
    ['a{x="1",x="2"} 1\n', 'label x given twice'],
    ['a{x="1" y="2"} 1\n', 'labels that cannot be read'],
    ['a{x="\\t"} 1\n', 'labels that cannot be read'],
    ['a{x-y="1"} 1\n', 'labels that cannot be read'],
    ['a 0x10\n', 'not a number: 0x10'],
    ['a  1\n', 'neither comment nor sample'],
    ['1a 1\n', 'neither comment nor sample'],
    ['# TYPE a-b gauge\n', 'neither comment nor sample'],
    ['# TYPE a gauge\n# TYPE a gauge\n', 'a second TYPE'],
    ['a 1\n# HELP a Late.\n', 'HELP behind the samples'],
    ['# TYPE a info\n', 'no such type: info'],
    ['# TYPE a gauge\nb 1\na 1\n', 'a is in two places'],
    ['# TYPE a histogram\na_bucket{le="1"} 1\na_count 1\n', 'buckets 1 with 1,1 do not add up'],
    ['# TYPE a histogram\na_bucket{le="+Inf"} 1\na_count 2\n', 'buckets Infinity with 1,2 do not add up'],
    ['# TYPE a histogram\na_bucket{le="1"} 2\na_bucket{le="+Inf"} 1\na_count 1\n', 'do not add up'],
    ['# TYPE a histogram\na_bucket{le="+Inf"} 1\n', 'do not add up'],
  ])('refuses %j', (text, message) => {
    expect(() => parseExposition(text)).toThrow(message);
  });
});
