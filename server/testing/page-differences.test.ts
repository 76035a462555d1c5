import { parseExposition } from './exposition';
import { differences, type Leniency } from './page-differences';

const THEIRS = `# TYPE a counter
a{x="1",y="2"} 7
# TYPE b gauge
b 1
# TYPE c gauge
c NaN
`;

/** Ours is theirs with one text put in place of another. */
function differ(replace: readonly [old: string, by: string], leniencies: readonly Leniency[] = [], after = THEIRS) {
  const [old, by] = replace;
  const ours = parseExposition(THEIRS.replace(old, by));
  return differences(parseExposition(THEIRS), ours, parseExposition(after), leniencies);
}

describe('differences', () => {
  it.each([
    ['# TYPE b gauge', '# TYPE b counter', ['b is a counter, not a gauge']],
    ['x="1",y="2"', 'y="2",x="1"', []],
    ['x="1",y="2"', 'x="1"', ['a{x="1",y="2"} is missing']],
    ['x="1",y="2"', 'x="1",y="3"', ['a{x="1",y="2"} is missing']],
    ['x="1",y="2"', 'x="1",y="2",z="3"', ['a{x="1",y="2"} is missing']],
    ['b 1\n', '', ['b is missing']],
    ['b 1\n', 'b 1\nmore 2\n', []],
    ['b 1\n', 'b 1.5\n', ['b is 1.5, not within 1 and 1']],
    ['b 1\n', 'b NaN\n', ['b is NaN, not within 1 and 1']],
    ['c NaN\n', 'c 0\n', ['c is 0, not within NaN and NaN']],
  ])('of %j written as %j', (old, by, found) => {
    expect(differ([old, by])).toEqual(found);
  });

  it('takes any value between those before and after, whichever is the larger', () => {
    expect(differ(['b 1\n', 'b 1.5\n'], [], THEIRS.replace('b 1', 'b 2'))).toEqual([]);
    expect(differ(['b 1\n', 'b 0.5\n'], [], THEIRS.replace('b 1', 'b 0'))).toEqual([]);
  });

  it('leaves out what was there once only', () => {
    expect(differ(['b 1\n', ''], [], THEIRS.replace('b 1\n', ''))).toEqual([]);
  });

  it.each<[string, string, Omit<Leniency, 'series' | 'why'>]>([
    ['# TYPE b gauge', '# TYPE b counter', { type: 'counter' }],
    ['x="1",y="2"', 'x="1",y="2",z="3"', { labels: 'more' }],
    ['x="1",y="2"', 'x="8",y="9"', { labels: 'other values' }],
    ['b 1\n', 'b 3\n', { slack: () => 2 }],
  ])('takes %j for %j where a row says so', (old, by, leniency) => {
    expect(differ([old, by], [{ series: /^[ab]/, why: 'a test', ...leniency }])).toEqual([]);
    expect(differ([old, by], [{ series: /^c/, why: 'a test', ...leniency }])).toHaveLength(1);
  });
});
