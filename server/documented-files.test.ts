import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { collectorNames, usedLabelNames } from './collectors/registry';
import { fileFormat } from './config/file-format';
import { parseFlags } from './config/flags';
import { loadConfig } from './config/load';
import { fileSchema } from './config/schema';
import { makeCertificates } from './testing/certificates';
import { temporaryDirectory } from './testing/cleanup';
import { CONFIG_FILE, documentedBlocks } from './testing/documents';
import { findTool } from './testing/tool';

interface FileKind {
  /** All that it may have at its top. */
  readonly keys: readonly string[];
  /** Throws unless it is good. */
  readonly check: (text: string) => void;
}

const KINDS: readonly FileKind[] = [
  { keys: Object.keys(fileSchema.shape), check: checkConfig },
  { keys: ['global', 'scrape_configs', 'rule_files', 'alerting'], check: checkPrometheusConfig },
  // Of Grafana's provisioning, which the plugin's own tests read.
  { keys: ['apiVersion', 'datasources', 'providers'], check: () => undefined },
];

/** The product's own loader must take it as it stands; files that it names hold what they should. */
function checkConfig(text: string): void {
  const { caFile, certFile, keyFile } = makeCertificates();
  const named = [...text.matchAll(/(?:Env|tokenEnv): (\w+)/g)].map(([, name = '']) => [name, 'secret']);
  const readFile = (path: string): string => {
    if (path.endsWith(CONFIG_FILE)) return text;
    if (!/\.(crt|key)$/.test(path)) return 'secret';
    return readFileSync(path.endsWith('.key') ? keyFile : /c(a|lients)\.crt$/.test(path) ? caFile : certFile, 'utf8');
  };
  const config = loadConfig({
    commandLine: parseFlags(['--config', CONFIG_FILE]),
    env: Object.fromEntries(named) as Record<string, string>,
    readFile,
    tryDirectory: () => undefined,
    fileFormat,
    knownCollectors: collectorNames,
    reservedLabels: usedLabelNames,
  });
  expect(config.targets.length).toBeGreaterThan(0);
}

function checkPrometheusConfig(text: string): void {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'prometheus.yml'), text);
  const args = ['check', 'config', '--syntax-only', 'prometheus.yml'];
  const { status, stdout, stderr } = spawnSync(findTool('promtool'), args, { cwd: directory, encoding: 'utf8' });
  expect({ status, output: stdout + stderr }).toEqual({
    status: 0,
    output: expect.stringContaining('SUCCESS') as string,
  });
}

describe('a file that a document shows', () => {
  it.each(documentedBlocks().filter(({ language }) => language === 'yaml'))('is good: $name', ({ text }) => {
    const kind = KINDS.find(({ keys }) => Object.keys(parse(text) as object).every((key) => keys.includes(key)));
    if (kind === undefined) throw new Error(`nothing in this test says what this is:\n${text}`);
    kind.check(text);
  });
});
