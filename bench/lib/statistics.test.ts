import { spreadOf } from './statistics';

describe('spreadOf', () => {
  it.each([
    [[3], { median: 3, min: 3, max: 3 }],
    [[10, 2], { median: 6, min: 2, max: 10 }],
    [[10, 9, 100], { median: 10, min: 9, max: 100 }],
    [[4, 1, 3, 2], { median: 2.5, min: 1, max: 4 }],
  ])('of %j', (values, expected) => {
    expect(spreadOf(values)).toEqual(expected);
  });

  it('is refused for nothing', () => {
    expect(() => spreadOf([])).toThrow('there is no median of nothing');
  });
});
