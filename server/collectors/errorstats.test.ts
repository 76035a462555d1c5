import { collected, recordedInfo } from '../testing/collected';
import { errorstats } from './errorstats';

describe('errorstats', () => {
  it('gives every kind of error', () => {
    expect(collected(errorstats, recordedInfo('redis-7.2', 'master'))).toEqual({
      'redis_errors_total{err="ERR"}': 7,
      'redis_errors_total{err="WRONGTYPE"}': 2,
    });
  });

  it('passes over what is no error of its section', () => {
    const info =
      '# Errorstats\r\nerrorstat_A:total=2\r\nother:count=3\r\nerrorstat_B:count=4\r\n# X\r\nerrorstat_C:count=5\r\n';
    expect(collected(errorstats, info)).toEqual({ 'redis_errors_total{err="B"}': 4 });
  });

  it.each(['redis-2.8', 'redis-6.2'])(
    'says nothing where there is no section, or none of its lines (%s)',
    (version) => {
      expect(collected(errorstats, recordedInfo(version, 'bgsave-failed').replace(/^errorstat_.*$/gm, ''))).toEqual({});
    }
  );
});
