import { lineStyle, StyleBook } from './palette.ts';

/** WCAG's, of two colours like `#2a5bdc`. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

it.each([
  ['light', '#ffffff'],
  ['dark', '#1a1d24'],
] as const)('every line can be seen on a %s card', (theme, card) => {
  for (let index = 0; index < 10; index++) expect(contrast(lineStyle(index)[theme], card)).toBeGreaterThan(3);
});

it('has ten styles that differ', () => {
  const styles = Array.from({ length: 10 }, (_, index) => JSON.stringify(lineStyle(index)));
  expect(new Set(styles).size).toBe(10);
});

describe('a book of styles', () => {
  it('gives a name the same style in each chart', () => {
    const book = new StyleBook();
    const [a, b] = book.styles(['a', 'b']);
    expect(book.styles(['b', 'a'])).toEqual([b, a]);
    expect(book.styles(['b'])).toEqual([b]);
  });

  it('gives lines of one chart different styles as long as there are some', () => {
    const book = new StyleBook();
    book.styles(Array.from({ length: 10 }, (_, index) => `earlier-${index}`));
    const names = ['earlier-0', 'later', 'later', ...Array.from({ length: 7 }, (_, index) => `new-${index}`)];
    expect(new Set(book.styles(names).map((style) => JSON.stringify(style))).size).toBe(10);
    expect(book.styles(Array.from({ length: 25 }, (_, index) => `x-${index}`))).toHaveLength(25);
  });
});
