import { collected, recordedInfo } from '../testing/collected';
import { commandstats } from './commandstats';

const HEAD = '# Commandstats\r\n';

describe('commandstats', () => {
  it.each([
    [
      'all four since Redis 6.2',
      'cmdstat_get:calls=113,usec=25,usec_per_call=0.22,rejected_calls=1,failed_calls=2\r\n',
      {
        'redis_commands_total{cmd="get"}': 113,
        'redis_commands_duration_seconds_total{cmd="get"}': 0.000025,
        'redis_commands_rejected_calls_total{cmd="get"}': 1,
        'redis_commands_failed_calls_total{cmd="get"}': 2,
      },
    ],
    [
      'calls and time before',
      'cmdstat_config:calls=3,usec=12,usec_per_call=4.00\r\n',
      { 'redis_commands_total{cmd="config"}': 3, 'redis_commands_duration_seconds_total{cmd="config"}': 0.000012 },
    ],
    [
      'subcommands and names with other characters',
      'cmdstat_config|get:calls=1,usec=1000000\r\ncmdstat_ft.search-x_y:calls=2,usec=0\r\n',
      {
        'redis_commands_total{cmd="config|get"}': 1,
        'redis_commands_duration_seconds_total{cmd="config|get"}': 1,
        'redis_commands_total{cmd="ft.search-x_y"}': 2,
        'redis_commands_duration_seconds_total{cmd="ft.search-x_y"}': 0,
      },
    ],
    ['nothing of a server nobody has asked anything', '', {}],
  ])('gives %s', (_, lines, expected) => {
    expect(collected(commandstats, HEAD + lines)).toEqual(expected);
  });

  it.each(['redis-2.8', 'redis-7.9', 'valkey-8.0'])(
    'says nothing of a sentinel without the section (%s)',
    (version) => {
      expect(collected(commandstats, recordedInfo(version, 'sentinel'))).toEqual({});
    }
  );
});
