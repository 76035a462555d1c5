/** Two rules as alerts/redis.rules.yml has them, for tests: the least there can be, and most of what there can be. */
export const EXAMPLE_RULES = `
groups:
  - name: redis-some
    rules:
      # It is down. Not for
      # long, though.
      - alert: RedisDown
        expr: redis_up == 0
        labels:
          severity: critical
        annotations:
          summary: '{{ $labels.instance }} is down'
          description: 'It is {{ $value | humanize }} and {{ $value }}, not {{ $values }}.'
          action: Start it.
          runbook: docs/alerts.md#redisdown
      # It is full.
      - alert: RedisAOFFull
        expr: |-
          redis_a{b="c|d"} > 1
          and redis_e
        for: 5m
        labels:
          severity: warning
        annotations:
          summary: Full
          description: Full.
          action: Empty it.
          runbook: docs/alerts.md#redisaoffull
`;
