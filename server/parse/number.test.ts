import { randomInteger, randomNumbers } from '../testing/random';
import { parseNumber, parseNumberAt, parsePercent } from './number';

describe('parseNumber', () => {
  it.each([
    ['0', 0],
    ['-1', -1],
    ['+5', 5],
    ['007', 7],
    ['0.95', 0.95],
    ['.5', 0.5],
    ['5.', 5],
    ['-0.10', -0.1],
    ['18446744073709551615', 2 ** 64],
    ['1.5e3', 1500],
    ['2E-3', 0.002],
    ['ok', 1],
    ['true', 1],
    ['OK', 1],
    ['err', 0],
    ['fail', 0],
    ['false', 0],
    ['inf', Infinity],
    ['+inf', Infinity],
    ['-inf', -Infinity],
    ['nan', NaN],
    ['-nan', NaN],
  ])('%s is %d', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  it.each([
    '',
    '.',
    '-',
    '+',
    '-.',
    'e5',
    '1e',
    '1.2.3',
    '1,5',
    ' 1',
    '1 ',
    '0x10',
    '1_000',
    '45.06%',
    '2M',
    'up',
    '٣',
  ])('"%s" is no number', (text) => {
    expect(parseNumber(text)).toBeUndefined();
  });

  it('gives the very bits Number() gives, of decimals of all sizes', () => {
    const random = randomNumbers(1);
    const different: string[] = [];
    for (let round = 0; round < 100_000; round++) {
      const text = randomDecimal(random);
      if (!Object.is(parseNumber(text), Number(text))) different.push(`${text}: ${String(parseNumber(text))}`);
    }
    expect(different).toEqual([]);
  });
});

/** `5`, `-0.00`, `007.25`, `.5`, `12.`, `1.5e-300`: up to 20 digits, the point anywhere among them. */
function randomDecimal(random: () => number): string {
  const digits = Array.from({ length: 1 + randomInteger(random, 20) }, () => randomInteger(random, 10)).join('');
  const point = randomInteger(random, digits.length + 1);
  const plain = random() < 0.3 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  const sign = random() < 0.2 ? '-' : '';
  const exponent = random() < 0.1 ? `e${randomInteger(random, 640) - 320}` : '';
  return sign + plain + exponent;
}

describe('parseNumberAt', () => {
  it.each([
    ['calls=12,usec=3', 6, 8, 12],
    ['calls=12,usec=3', 14, 15, 3],
    ['avg=0.25,x=1', 4, 8, 0.25],
    ['lag=-1,x=1', 4, 6, -1],
    ['state=ok,x=1', 6, 8, 1],
    ['ip=10.0.0.1,x=1', 3, 11, undefined],
    ['empty=,x=1', 6, 6, undefined],
  ])('%s from %d to %d is %s', (text, from, to, value) => {
    expect(parseNumberAt(text, from, to)).toBe(value);
  });
});

describe('parsePercent', () => {
  it.each([
    ['45.06%', 45.06],
    ['45.06', 45.06],
    ['0%', 0],
    ['%', undefined],
    ['45.06%%', undefined],
  ])('%s is %s', (text, value) => {
    expect(parsePercent(text)).toBe(value);
  });
});
