import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { svgProblems } from './svg.ts';

const picture = (content: string) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">${content}</svg>`;

it('has nothing against the logo', () => {
  expect(svgProblems(readFileSync(join(__dirname, '../../src/img/logo.svg'), 'utf8'))).toEqual([]);
});

it.each([
  ['<script>1</script>', 'has a script.'],
  ['<path onload="x()"/>', 'has an event handler.'],
  ['<foreignObject/>', 'has foreign content.'],
  ['<use href="https://example.com/a.svg"/>', 'refers to something outside itself.'],
  ['<image xlink:href="data:image/png;base64,AA"/>', 'refers to something outside itself.'],
  ['<path fill="url(https://example.com/a)"/>', 'refers to something outside itself.'],
  ['<style>@import "a.css"</style>', 'imports a style.'],
])('says what is unsafe about %s', (content, problem) => {
  expect(svgProblems(picture(content))).toEqual([problem]);
});

it.each(['<use href="#a"/>', '<path fill="url(#a)"/>'])('lets %s refer to the picture itself', (content) => {
  expect(svgProblems(picture(content))).toEqual([]);
});

it('wants a picture that scales, and a small one', () => {
  expect(svgProblems('<svg></svg>')).toEqual(['has no viewBox.']);
  expect(svgProblems(picture(' '.repeat(20_001)))).toEqual(['has more than 20000 bytes.']);
});
