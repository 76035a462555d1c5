import { suggestion } from './similar';

const WORDS = ['used_memory', 'used_memory_rss', 'total_commands_processed', 'keyspace_hits', 'evicted_keys', 'hz'];

it.each([
  ['used_memroy', ': did you mean `used_memory` or `used_memory_rss`?'],
  ['memory_used', ': did you mean `used_memory` or `used_memory_rss`?'],
  ['Used Memory', ': did you mean `used_memory` or `used_memory_rss`?'],
  ['commands_processed', ': did you mean `total_commands_processed`?'],
  ['hits', ': did you mean `keyspace_hits`?'],
  ['h', ': did you mean `hz`?'],
  ['xylophone', ''],
  ['', ''],
])('%s%s', (word, expected) => {
  expect(suggestion(word, WORDS)).toBe(expected);
});
