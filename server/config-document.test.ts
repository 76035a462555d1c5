import { readFileSync } from 'node:fs';
import { resolve, join } from 'node:path';
import { parse } from 'yaml';
import { collectorNames } from './collectors/registry';
import { EXPORT_OPTIONS, parseExportOptions } from './commands/export-options';
import { configDocument, type DocumentedKey, fileKeys, targetKeys } from './config-document';
import { tryDirectory } from './config/context';
import { readEnvironment, VARIABLES } from './config/environment';
import { fileFormat } from './config/file-format';
import { parseFlags } from './config/flags';
import { loadConfig } from './config/load';
import { OPTIONS } from './config/options';
import { printConfig } from './config/print';
import { read } from './config/read';

const KEYS = [...fileKeys, ...targetKeys];

/** What counts in the end of a file that says only this. */
function effective(file: string): unknown {
  return parse(
    printConfig(
      loadConfig({
        commandLine: parseFlags(['--config', 'vitals.yml']),
        env: {},
        readFile: () => file,
        tryDirectory,
        fileFormat,
        knownCollectors: collectorNames,
        reservedLabels: new Set(),
      })
    )
  );
}

/** What stands at `tls.insecureSkipVerify` of a mapping. */
function valueAt(mapping: unknown, path: string): unknown {
  // Safe: what YAML gives for mappings.
  return path.split('.').reduce((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], mapping);
}

describe('docs/configuration.md', () => {
  it('is up to date', () => {
    const written = readFileSync(join(__dirname, '../docs/configuration.md'), 'utf8');
    if (configDocument(written) !== written) throw new Error('docs/configuration.md is out of date: run npm run docs');
  });
});

describe('a key of the configuration file', () => {
  const defaults = effective('web: {}');
  const [target] = valueAt(effective('targets: [{ url: redis://cache, tls: {} }]'), 'targets') as unknown[];

  it('has a place of its own in the document', () => {
    expect(new Set(fileKeys.map(({ path }) => path)).size).toBe(fileKeys.length);
    expect(fileKeys.length).toBeGreaterThan(20);
    expect(targetKeys.map(({ path }) => path)).toEqual(expect.arrayContaining(['url', 'tls', 'tls.serverName']));
  });

  it.each(KEYS)('$path says what it is for, what counts without it, and an example', ({ document }) => {
    expect(document?.help).toMatch(/^\S.*[^.]$/);
    expect(document?.default ?? document?.otherwise).toMatch(/\S/);
    expect(document?.value).toMatch(/\S/);
  });

  it.each(KEYS)('$path has an example that is accepted', ({ schema, document }) => {
    const problems: string[] = [];
    read(schema as never, parse(document?.example ?? ''), [], (_, message) => problems.push(message));
    expect(problems).toEqual([]);
  });

  const withDefault = (keys: readonly DocumentedKey[]) =>
    keys.flatMap(({ path, document }) => (document?.default === undefined ? [] : [[path, document.default] as const]));

  it.each(withDefault(fileKeys))('%s is %s by default', (path, shown) => {
    const value = valueAt(defaults, path);
    expect(value).toEqual(path === 'history.directory' ? resolve(shown) : parse(shown));
  });

  it.each(withDefault(targetKeys))('%s of a target is %s by default', (path, shown) => {
    expect(valueAt(target, path)).toEqual(parse(shown));
  });

  it('that counts in the end and is no default of the document has none', () => {
    const shown = new Set([...withDefault(fileKeys), ...withDefault(targetKeys)].map(([path]) => path));
    expect([...leaves(defaults), ...leaves(target)].filter((path) => !shown.has(path)).sort()).toEqual(['name', 'url']);
  });

  /** Paths of the values of a mapping, without those of targets. */
  function leaves(mapping: unknown, prefix = ''): readonly string[] {
    return Object.entries(mapping as object).flatMap(([key, value]) =>
      key === 'targets' ? [] : typeof value === 'object' ? leaves(value, `${prefix}${key}.`) : [prefix + key]
    );
  }
});

describe('an option', () => {
  it.each(OPTIONS.filter(({ value }) => value !== undefined))('--$name has an example that is accepted', (option) => {
    expect(parseFlags([`--${option.name}`, option.example ?? '']).problems).toEqual([]);
  });

  it.each(EXPORT_OPTIONS.filter(({ value }) => value !== undefined))(
    '--$name of export has an example that is accepted',
    ({ name, example }) => {
      expect(parseExportOptions([`--${name}`, example ?? ''], Date.now()).problems).toEqual([]);
    }
  );

  it.each([
    ['listen', 'listen'],
    ['log-level', 'log.level'],
    ['data', 'history.directory'],
  ])('--%s has the default of %s', (name, path) => {
    const shown = OPTIONS.find((option) => option.name === name)?.default;
    expect(shown).toBe(fileKeys.find((key) => key.path === path)?.document?.default);
  });

  it.each(['interval', 'timeout'])('--%s has the default of a target', (name) => {
    const shown = OPTIONS.find((option) => option.name === name)?.default?.split(',')[0];
    expect(shown).toBe(targetKeys.find((key) => key.path === name)?.document?.default);
  });
});

describe('a variable of the environment', () => {
  it.each(VARIABLES.filter(({ example }) => example !== undefined))(
    '$name has an example that is accepted',
    ({ name, example }) => {
      expect(readEnvironment({ [name]: example }).problems).toEqual([]);
    }
  );
});
