import { alignedTable, replaceGenerated } from './markdown';

describe('alignedTable', () => {
  it('makes columns as wide as their widest cell, and keeps bars out of the way', () => {
    expect(alignedTable(['A', 'Long head'], [['one', 'a|b'], ['`four`']])).toBe(
      '| A      | Long head |\n' + '| ------ | --------- |\n' + '| one    | a\\|b      |\n' + '| `four` |           |\n'
    );
  });
});

describe('replaceGenerated', () => {
  const document = 'Before.\n\n<!-- generated: one -->\n\nold\n\n<!-- end -->\n\nAfter. <!-- end -->\n';

  it('replaces what stands between the comments, and nothing else', () => {
    const replaced = replaceGenerated(document, { one: 'new\n' });
    expect(replaced).toBe(document.replace('old', 'new'));
    expect(replaceGenerated(replaced, { one: 'new\n' })).toBe(replaced);
  });

  it('fills an empty place', () => {
    expect(replaceGenerated('<!-- generated: one -->\n<!-- end -->', { one: 'new' })).toBe(
      '<!-- generated: one -->\n\nnew\n\n<!-- end -->'
    );
  });

  it.each<[string, Record<string, string>, string]>([
    ['is without a place', { one: '', two: '' }, 'the document has no <!-- generated: two --> with its end'],
    ['is not there', {}, 'nothing is generated for <!-- generated: one -->'],
  ])('throws when a part %s', (_, parts, message) => {
    expect(() => replaceGenerated(document, parts)).toThrow(message);
  });
});
