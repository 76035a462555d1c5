import { alertsDocument } from './alerts-document';
import { EXAMPLE_RULES } from './example-rules';

describe('alertsDocument', () => {
  const lines = alertsDocument(EXAMPLE_RULES).split('\n');

  it('has a table of all alerts, with the first sentence of when each fires', () => {
    const at = lines.indexOf('## All alerts');
    expect(lines.slice(at + 1, at + 7)).toEqual([
      '',
      '| Alert                         | Severity | When        |',
      '| ----------------------------- | -------- | ----------- |',
      '| [RedisDown](#redisdown)       | critical | It is down. |',
      '| [RedisAOFFull](#redisaoffull) | warning  | It is full. |',
      '',
    ]);
  });

  it('says of each all there is to know', () => {
    const at = lines.indexOf('## Redis some');
    expect(lines.slice(at + 1)).toEqual([
      ...['', '### RedisDown', '', 'It is down. Not for long, though.', '', 'What to do: Start it.', ''],
      ...['Severity critical:', '', '```promql', 'redis_up == 0', '```', ''],
      ...['### RedisAOFFull', '', 'It is full.', '', 'What to do: Empty it.', ''],
      ...['Severity warning, for 5m:', '', '```promql', 'redis_a{b="c|d"} > 1', 'and redis_e', '```', ''],
    ]);
  });
});
