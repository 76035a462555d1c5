import type { FamilyDescriptor } from '../../server/model/family';
import type { Series } from '../../server/model/samples';
import { SampleLines, seriesName } from './sample-lines';

const family: FamilyDescriptor = {
  name: 'redis_calls',
  type: 'counter',
  unit: 'none',
  help: '',
  labelNames: ['cmd'],
  source: { command: 'INFO' },
};

describe('seriesName', () => {
  it.each<[Series, string]>([
    [{ family: { ...family, labelNames: [] }, part: '', labels: [] }, 'redis_calls{instance="a"}'],
    [{ family, part: '', labels: ['get'] }, 'redis_calls{instance="a",cmd="get"}'],
    [{ family, part: '', labels: ['get', '0.5'] }, 'redis_calls{instance="a",cmd="get",quantile="0.5"}'],
    [{ family, part: '_bucket', labels: ['get', '+Inf'] }, 'redis_calls_bucket{instance="a",cmd="get",le="+Inf"}'],
    [{ family, part: '', labels: ['"\\\n'] }, 'redis_calls{instance="a",cmd="\\"\\\\\\n"}'],
  ])('%#: %j', (series, expected) => {
    expect(seriesName(series, 'a')).toBe(expected);
  });
});

describe('SampleLines', () => {
  it('writes a line for each value of a poll', () => {
    const series: Series[] = ['get', 'set'].map((cmd) => ({ family, part: '', labels: [cmd] }));
    const mix = { name: '', layout: { series }, start: () => () => undefined };
    const lines = new SampleLines({ mix, targets: ['a', 'b'], fromMs: 0, toMs: 0 });
    const text = lines.of({ target: 1, atMs: 0, values: Float64Array.of(1.5, 1e21) }, '1700000000.025');
    expect(text.split('\n')).toEqual([
      'redis_calls{instance="b",cmd="get"} 1.5 1700000000.025',
      'redis_calls{instance="b",cmd="set"} 1e+21 1700000000.025',
      '',
    ]);
  });
});
