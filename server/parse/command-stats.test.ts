import { parseCommandStats, usageByCommand } from './command-stats';
import { parseInfo } from './info';

function statsOf(...lines: readonly string[]) {
  return parseCommandStats(
    parseInfo(['# Commandstats', ...lines, '# Errorstats', 'cmdstat_x:calls=1', ''].join('\r\n'))
  );
}

describe('parseCommandStats', () => {
  it.each([
    [
      'a line of Redis 2.8',
      'cmdstat_get:calls=113,usec=90,usec_per_call=0.80',
      { command: 'get', calls: 113, usec: 90 },
    ],
    [
      'a line of Redis 6.2',
      'cmdstat_get:calls=113,usec=90,usec_per_call=0.80,rejected_calls=1,failed_calls=2',
      { command: 'get', calls: 113, usec: 90, rejectedCalls: 1, failedCalls: 2 },
    ],
    [
      'a subcommand',
      'cmdstat_config|get:calls=1,usec=8,usec_per_call=8.00,rejected_calls=0,failed_calls=0',
      { command: 'config|get', calls: 1, usec: 8, rejectedCalls: 0, failedCalls: 0 },
    ],
    [
      'a command of a module',
      'cmdstat_ft.search:usec=8,calls=1,slowlog_count=3',
      { command: 'ft.search', calls: 1, usec: 8 },
    ],
  ])('reads %s', (_, line, stat) => {
    expect(statsOf(line)).toEqual([stat]);
  });

  it('passes over other lines, and other sections', () => {
    expect(statsOf('total:calls=1', 'no colon')).toEqual([]);
  });

  it('gives nothing where the section is missing', () => {
    expect(parseCommandStats(parseInfo('# Stats\r\ncmdstat_get:calls=1\r\n'))).toEqual([]);
  });
});

describe('usageByCommand', () => {
  it.each([
    ['a command', ['cmdstat_get:calls=2,usec=3'], 'get', { calls: 2, usec: 3 }],
    ['a subcommand', ['cmdstat_config|get:calls=2,usec=3'], 'config|get', { calls: 2, usec: 3 }],
    [
      'a container, from its subcommands',
      ['cmdstat_config|get:calls=2,usec=3', 'cmdstat_config|set:calls=10,usec=20'],
      'config',
      { calls: 12, usec: 23 },
    ],
    [
      'a container with a line of its own',
      ['cmdstat_command|docs:calls=2,usec=3', 'cmdstat_command:calls=1,usec=9'],
      'command',
      { calls: 1, usec: 9 },
    ],
  ])('has %s', (_, lines, command, usage) => {
    expect(usageByCommand(statsOf(...lines)).get(command)).toMatchObject(usage);
  });

  it('has nothing of a command that was never called', () => {
    expect(usageByCommand(statsOf('cmdstat_getset:calls=2,usec=3')).get('get')).toBeUndefined();
  });
});
