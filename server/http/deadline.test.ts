import { scrapeDeadlineMs } from './deadline';

describe('scrapeDeadlineMs', () => {
  it.each([
    ['a tenth is kept back', '2', 1800],
    ['at least 50 ms are kept back', '0.3', 250],
    ['at most 500 ms are kept back', '10', 9500],
    ['half of it is left at least', '0.06', 30],
    ['exponents are numbers', '1e1', 9500],
    ['two minutes at most', '3600', 120_000],
    ['no header', undefined, 10_000],
    ['an empty header', '', 10_000],
    ['two headers', ['1', '2'], 10_000],
    ['nothing to wait', '0', 10_000],
    ['less than nothing', '-5', 10_000],
    ['no number', 'soon', 10_000],
    ['a unit', '5s', 10_000],
    ['no end', 'Infinity', 10_000],
  ])('%s: %s', (_, header, deadlineMs) => {
    expect(scrapeDeadlineMs(header)).toBeCloseTo(deadlineMs, 6);
  });
});
