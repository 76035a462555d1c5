import { resolve } from 'node:path';
import { findDataDirectory } from './data-directory';

const FILE = '/etc/vitals/vitals.yml';

function find(dataDirectory: string | undefined, text?: string) {
  const readFile = (path: string): string => {
    if (path !== FILE || text === 'missing') throw Object.assign(new Error(), { code: 'ENOENT' });
    return text ?? '';
  };
  const configFile = text === undefined ? undefined : FILE;
  const { problems, ...found } = findDataDirectory({ dataDirectory, configFile }, readFile);
  return { ...found, problems: problems.map(({ path, message }) => `${path}: ${message}`) };
}

describe('findDataDirectory', () => {
  it.each([
    ['nothing', undefined, undefined, resolve('data'), './data'],
    ['the argument', 'store', undefined, resolve('store'), '--data'],
    ['the file', undefined, 'history: {directory: store}', '/etc/vitals/store', 'history.directory'],
    ['the argument, before the file', '/x', 'history: {directory: store}', '/x', '--data'],
    ['a file that says nothing of it', undefined, 'log: {level: info}', resolve('data'), './data'],
    ['a file that is wrong elsewhere', undefined, 'web: 1\nhistory: {directory: /x}', '/x', 'history.directory'],
    ['a file whose secrets are not there', undefined, 'defaults: {passwordFile: /a}', resolve('data'), './data'],
  ])('takes it from %s', (_, dataDirectory, text, directory, path) => {
    expect(find(dataDirectory, text)).toEqual({ directory, path, problems: [] });
  });

  it.each([
    ['a missing file', 'missing', '--config: cannot be read: no such file'],
    ['a file that is no YAML', 'history: [', /^\/etc\/vitals\/vitals\.yml:1:/],
    ['a file that is a list', '[]', /: must be a mapping/],
    ['a mistake in the history', 'history: {directory: 1}', /^history\.directory: must be text/],
    ['a misspelt history', 'histroy: {directory: /x}', /^histroy: unknown key: did you mean history\?/],
  ])('refuses %s', (_, text, problem) => {
    const { problems } = find(undefined, text);
    expect(problems).toEqual([typeof problem === 'string' ? problem : expect.stringMatching(problem)]);
  });
});
