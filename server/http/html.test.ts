import { html } from './html';

describe('html', () => {
  it.each([
    ['text', `<b a="1">&'`, '<p>&lt;b a=&quot;1&quot;&gt;&amp;&#39;</p>'],
    ['a number', 5, '<p>5</p>'],
    ['nothing', undefined, '<p></p>'],
    ['HTML', html`<b>${'<'}</b>`, '<p><b>&lt;</b></p>'],
    ['a list of HTML', [html`<b>1</b>`, html`<b>2</b>`], '<p><b>1</b><b>2</b></p>'],
    ['an empty list', [], '<p></p>'],
  ])('puts %s in', (_, value, text) => {
    expect(html`<p>${value}</p>`.text).toBe(text);
  });

  it('keeps an attribute in its quotes', () => {
    expect(html`<a href="${'" onclick="x'}"></a>`.text).toBe('<a href="&quot; onclick=&quot;x"></a>');
  });
});
