import { EXAMPLE_RULES } from './example-rules';
import { readRules } from './rules';

describe('readRules', () => {
  it('reads rules with the comments above them', () => {
    const [group] = readRules(EXAMPLE_RULES);
    expect(group?.name).toBe('redis-some');
    expect(group?.rules).toEqual([
      {
        alert: 'RedisDown',
        expr: 'redis_up == 0',
        for: '0s',
        labels: { severity: 'critical' },
        annotations: {
          summary: '{{ $labels.instance }} is down',
          description: 'It is {{ $value | humanize }} and {{ $value }}, not {{ $values }}.',
          action: 'Start it.',
          runbook: 'docs/alerts.md#redisdown',
        },
        when: 'It is down. Not for long, though.',
      },
      {
        alert: 'RedisAOFFull',
        expr: 'redis_a{b="c|d"} > 1\nand redis_e',
        for: '5m',
        labels: { severity: 'warning' },
        annotations: {
          summary: 'Full',
          description: 'Full.',
          action: 'Empty it.',
          runbook: 'docs/alerts.md#redisaoffull',
        },
        when: 'It is full.',
      },
    ]);
  });

  it.each([
    [
      'no comment',
      '      # It is full.\n',
      '',
      'RedisAOFFull has no comment above it that says when it fires: add one',
    ],
    [
      'no comment above the first rule',
      '      # It is down. Not for\n      # long, though.\n',
      '',
      'RedisDown has no comment above it that says when it fires: add one',
    ],
    [
      'an unknown severity',
      'severity: warning',
      'severity: page',
      'RedisAOFFull has no label severity of critical, warning, info: add one',
    ],
    ['no action', 'action: Empty it.', 'more: Empty it.', 'RedisAOFFull has no annotation action: add it'],
    ['no name', 'alert: RedisDown', 'record: RedisDown', 'alert is not a text in: {"record":"RedisDown"'],
    ['an expression that is no text', 'expr: redis_up == 0', 'expr: 1', 'expr is not a text in: {"alert":"RedisDown"'],
    ['bad YAML', 'groups:', 'groups: {', 'alerts/redis.rules.yml is not YAML: '],
  ])('refuses %s', (_, part, instead, message) => {
    expect(EXAMPLE_RULES).toContain(part);
    expect(() => readRules(EXAMPLE_RULES.replace(part, instead))).toThrow(message);
  });
});
