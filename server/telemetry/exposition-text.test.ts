import { writeFamilies, type Family } from './exposition-text';

const COUNTER: Family = {
  name: 'a_total',
  help: 'Back\\slash, "quotes"\nand a line.',
  type: 'counter',
  values: [
    { value: 1, labels: {} },
    { value: 2.5, labels: { route: 'a"b\\c\nd', code: 200 } },
  ],
};
const SUMMARY: Family = {
  name: 'b_seconds',
  help: 'B.',
  type: 'summary',
  values: [
    { metricName: 'b_seconds_sum', value: 0.5, labels: {} },
    { metricName: 'b_seconds_count', value: 3, labels: {} },
  ],
};

describe('writeFamilies', () => {
  it.each([
    [
      'text' as const,
      `# HELP a_total Back\\\\slash, "quotes"\\nand a line.
# TYPE a_total counter
a_total 1
a_total{route="a\\"b\\\\c\\nd",code="200"} 2.5
`,
    ],
    [
      'openmetrics' as const,
      `# HELP a Back\\\\slash, \\"quotes\\"\\nand a line.
# TYPE a counter
a_total 1
a_total{route="a\\"b\\\\c\\nd",code="200"} 2.5
`,
    ],
  ])('writes a counter as %s', (format, text) => {
    expect(writeFamilies([COUNTER], format)).toBe(text);
  });

  it.each(['text', 'openmetrics'] as const)('writes a summary as %s', (format) => {
    expect(writeFamilies([SUMMARY], format)).toBe(
      '# HELP b_seconds B.\n# TYPE b_seconds summary\nb_seconds_sum 0.5\nb_seconds_count 3\n'
    );
  });

  it.each([
    [1e21, '1e+21'],
    [NaN, 'NaN'],
    [Infinity, '+Inf'],
    [-Infinity, '-Inf'],
  ])('writes %d', (value, text) => {
    const family = { name: 'g', help: '', type: 'gauge', values: [{ value, labels: {} }] };
    expect(writeFamilies([family], 'text')).toBe(`# HELP g \n# TYPE g gauge\ng ${text}\n`);
  });
});
