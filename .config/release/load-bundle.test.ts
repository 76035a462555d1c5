import { loadBundle } from './load-bundle.ts';

it('tells what a bundle asks for and exports', () => {
  const code = `
    define(['@grafana/data', 'rxjs'], (data, rxjs) => {
      class Source extends data.DataSourceApi {}
      const [a = 1] = [...rxjs.of(1)];
      return { plugin: new data.DataSourcePlugin(Source).setQueryEditor(a) };
    });`;
  expect(loadBundle(code)).toEqual({ dependencies: ['@grafana/data', 'rxjs'], exports: ['plugin'] });
});

it.each([
  ['var plugin = 1;', 'it defines 0 AMD modules, not one'],
  ['define([], () => ({})); define([], () => ({}));', 'it defines 2 AMD modules, not one'],
  ["define([], () => { throw new Error('no window') })", 'no window'],
])('says why %s cannot be loaded', (code, problem) => {
  expect(() => loadBundle(code)).toThrow(problem);
});
