import { withGoals } from './first-page';

const PARTS = [{ title: 'This', document: 'docs/benchmarks.md' }];
const noOther = () => undefined;
const PAGE = `# Benchmarks

Intro.

## How it is measured

| date | 2026-01-02 |

## Speed

|  | Redis Vitals | goal |  |
|---|---|---|---|
| time | 1 ms | ≤ 2 ms | met |
`;

describe('withGoals', () => {
  it('puts the goals between the introduction and everything else', () => {
    const headings = withGoals(PAGE, PARTS, noOther).match(/^#.*$/gm);
    expect(headings).toEqual(['# Benchmarks', '## All goals', '## How it is measured', '## Speed']);
  });

  it('replaces those that were there', () => {
    const once = withGoals(PAGE, PARTS, noOther);
    expect(once).toContain('1 of 1 goals');
    expect(withGoals(once, PARTS, noOther)).toBe(once);
  });
});
