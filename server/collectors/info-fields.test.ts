import { parseInfo } from '../parse/info';
import { fieldsLike, percentAsRatio, perShape, times } from './info-fields';

describe('times', () => {
  it.each([
    [1e-6, '15', 0.000015],
    [1e-3, '12', 0.012],
    [1024, '0.5', 512],
    [1e-3, 'soon', undefined],
  ])('%d times %s is %d', (factor, text, value) => {
    expect(times(factor)(text)).toBe(value);
  });
});

describe('percentAsRatio', () => {
  it.each([
    ['95.29%', 0.9529],
    ['0.28%', 0.0028],
    ['100.11%', 1.0011],
    ['0.00', 0],
    ['28', 0.28],
    ['-nan%', undefined],
    ['', undefined],
  ])('%s is %d', (text, ratio) => {
    expect(percentAsRatio(text)).toBe(ratio);
  });
});

describe('perShape', () => {
  it('works once for each shape', () => {
    const found = perShape(({ keys }) => ({ count: keys.length }));
    const first = parseInfo('a:1\r\n');
    const sameFields = parseInfo('a:2\r\n', first);
    const otherFields = parseInfo('a:2\r\nb:3\r\n', first);
    expect(found(sameFields.shape)).toBe(found(first.shape));
    expect(found(otherFields.shape)).toEqual({ count: 2 });
  });
});

describe('fieldsLike', () => {
  it('finds the fields of one section, however it is written', () => {
    const { shape } = parseInfo(
      '# Other\r\nline1:a\r\n# Wanted\r\nline2:b\r\nonline3:c\r\nline4:d\r\n# Last\r\nline5:e\r\n'
    );
    expect(fieldsLike('wanted', /^line(\d)$/)(shape)).toEqual([
      { at: 1, part: '2' },
      { at: 3, part: '4' },
    ]);
  });

  it('finds none where the section is missing', () => {
    expect(fieldsLike('wanted', /./)(parseInfo('# Other\r\na:1\r\n').shape)).toEqual([]);
  });
});
