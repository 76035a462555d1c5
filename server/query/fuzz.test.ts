import { randomInteger, randomNumbers } from '../testing/random';
import { every10s, queryContext, seriesOfA, T0 } from '../testing/query-context';
import { answerQuery } from './answer-query';
import { RequestError } from './errors';

const random = randomNumbers(11);
const below = (most: number): number => randomInteger(random, most);
const oneOf = <T>(choices: readonly T[]): T => choices[below(choices.length)]!;

const WORDS = [
  ...['', 'A', '__proto__', 'constructor', 'toString', 'now', 'now-6h', '1m', '5x', 'Memory', 'Derived', 'used_memory'],
  ...[
    'hit_ratio',
    'calls',
    'redis_up',
    'rate',
    'sum',
    'quantile',
    '=~',
    '!=',
    '(',
    '[',
    'a|b',
    '\\1',
    'instance',
    '\0',
    '💥',
  ],
];
const KEYS = [
  ...['from', 'to', 'step', 'maxDataPoints', 'queries', 'refId', 'section', 'fields', 'targets', 'labels', 'function'],
  ...[
    'aggregate',
    'topK',
    'instant',
    'names',
    'roles',
    'label',
    'op',
    'value',
    'by',
    'quantile',
    '__proto__',
    'length',
  ],
];
const NUMBERS = [0, -0, 1, -1, 0.5, 1e-300, 1e308, -8.64e15, 8.64e15, T0, T0 + 60_000, 2 ** 53, 11_000, NaN, Infinity];

function anything(depth = 0): unknown {
  const kinds = [() => null, () => oneOf([true, false]), () => oneOf(NUMBERS), () => oneOf(WORDS), () => undefined];
  const deep = [
    () => Array.from({ length: below(4) }, () => anything(depth + 1)),
    () => Object.fromEntries(Array.from({ length: below(6) }, () => [oneOf(KEYS), anything(depth + 1)])),
  ];
  return oneOf(depth < 5 ? [...kinds, ...deep, ...deep] : kinds)();
}

/** A request that is right in most of its parts. */
function nearlyRight(): unknown {
  const maybe = (name: string, make: () => unknown) =>
    random() < 0.3 ? { [name]: random() < 0.2 ? anything() : make() } : {};
  const matchers = () =>
    Array.from({ length: below(3) }, () => ({
      label: oneOf(WORDS.slice(1)),
      op: oneOf(['=', '!=', '=~', '!~']),
      value: oneOf(WORDS),
    }));
  const query = () => ({
    refId: oneOf(WORDS),
    fields: Array.from({ length: 1 + below(3) }, () =>
      oneOf(['used_memory', 'hit_ratio', 'calls', 'redis_up', 'total_keys', oneOf(WORDS)])
    ),
    ...maybe('section', () => oneOf(WORDS)),
    ...maybe('targets', () => ({
      ...maybe('names', () => [oneOf(WORDS)]),
      ...maybe('labels', matchers),
      ...maybe('roles', () => ['master']),
    })),
    ...maybe('labels', matchers),
    ...maybe('function', () => oneOf(['last', 'avg', 'min', 'max', 'rate', 'increase', 'delta'])),
    ...maybe('aggregate', () => ({
      op: oneOf(['sum', 'quantile', 'avg']),
      ...maybe('by', () => [oneOf(WORDS.slice(1))]),
      ...maybe('quantile', random),
    })),
    ...maybe('topK', () => below(3)),
    ...maybe('instant', () => true),
  });
  return {
    from: random() < 0.1 ? anything() : oneOf<unknown>([T0, T0 - 12_345, 'now-6h', -8.64e15]),
    to: random() < 0.1 ? anything() : oneOf<unknown>([T0 + 60_000, 'now', 8.64e15]),
    ...maybe('step', () => oneOf(['1s', '20s', '1d', 1, 86_400_000])),
    maxDataPoints: 1 + below(20),
    ...maybe('maxDataPoints', () => 1 + below(1000)),
    queries:
      random() < 0.05
        ? anything()
        : Array.from({ length: 1 + below(3) }, () => (random() < 0.1 ? anything() : query())),
  };
}

const context = queryContext([
  seriesOfA('memory_used_bytes', every10s(1, NaN, 2, -3, Infinity)),
  seriesOfA('up', every10s(1, 1, 0, 1)),
  ...['get', 'set', '__proto__'].map((cmd) => seriesOfA('commands_total', every10s(1, 5, 2), [cmd])),
  seriesOfA('keyspace_hits_total', every10s(0, 5, 2)),
  seriesOfA('keyspace_misses_total', every10s(0, 5, 2)),
]);

/** What came of a request: a word, so that the test below can see that all of them do come. */
function outcome(body: unknown): string {
  try {
    const { results } = answerQuery(context, body);
    // Safe: an answer is an object.
    const read = JSON.parse(JSON.stringify(results)) as typeof results;
    for (const result of Object.values(read)) {
      if (result.status === 'error') return 'query error';
      for (const { values } of result.series) {
        expect(values.length).toBe(result.times.length);
        expect(values.filter((value) => value !== null && !Number.isFinite(value))).toEqual([]);
      }
    }
    return 'success';
  } catch (error) {
    if (error instanceof RequestError) return 'request error';
    throw error;
  }
}

it.each<[string, () => unknown, string[]]>([
  ['any JSON', anything, ['request error']],
  ['what is nearly right', nearlyRight, ['query error', 'request error', 'success']],
])('%s is answered or refused', (_, make, expected) => {
  const outcomes = new Set(Array.from({ length: 1500 }, () => outcome(make())));
  expect([...outcomes].sort()).toEqual(expected);
});
