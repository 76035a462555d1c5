import { forbiddenLines } from './rules-of-sources.ts';

it.each([
  ["console.error('x');", 'writes to the console.'],
  ["css({ color: '#fff' })", "has a colour of its own instead of the theme's."],
  ["css({ border: '0 solid #c43c31' })", "has a colour of its own instead of the theme's."],
  ["css({ color: 'rgba(0, 0, 0, 0.5)' })", "has a colour of its own instead of the theme's."],
  ["css({ width: '12px' })", "has a length of its own instead of the theme's spacing."],
  ["import './panel.css';", 'styles more than its own elements.'],
  ['<p dangerouslySetInnerHTML={x} />', 'writes HTML past React.'],
  ["new Function('x')", 'runs text as code.'],
  ['window.grafanaBootData.user', "reaches for Grafana's own globals."],
])('finds fault with %s', (line, problem) => {
  expect(forbiddenLines(`const a = 1;\n${line}`)).toEqual([`2 ${problem}`]);
});

it.each([
  '// console.log tells nothing',
  '/** `#fff`,\n * 12px */',
  'css({ width: theme.spacing(2) }); // not 16px',
  "const href = '#section';",
  "const title = 'Replica #1';",
  "const url = 'http://localhost:9121'; // fine",
])('lets %j be', (text) => {
  expect(forbiddenLines(text)).toEqual([]);
});
