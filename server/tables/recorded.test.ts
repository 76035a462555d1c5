import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TableRequest } from '../api/contract';
import { ASKED_AT_MS } from '../testing/collected';
import { startRecordedTargets } from '../testing/recorded-targets';
import { replyCases } from '../testing/replies';
import { tableText } from '../testing/table-text';
import { answerTable } from './answer-table';

const DIRECTORY = join(__dirname, '../testdata/tables');
/** Write the files anew; read the difference before it is kept. */
const UPDATE = process.env['UPDATE_GOLDEN'] === '1';

const CASES = replyCases();
const VERSIONS = [...new Set(CASES.map(({ version }) => version))];

/** Table by table, the servers that are asked together: those that know each other, or all versions side by side. */
const ASKED: readonly { readonly file: string; readonly request: TableRequest; readonly together: string[][] }[] = [
  { file: 'clients', request: { table: 'clients' }, together: eachVersion('master') },
  { file: 'clients-by-name', request: { table: 'clients', groupBy: 'name' }, together: eachVersion('master') },
  { file: 'replication', request: { table: 'replication' }, together: eachVersion('master', 'replica-up') },
  { file: 'replication-down', request: { table: 'replication' }, together: eachVersion('replica-down', 'sentinel') },
  { file: 'cluster', request: { table: 'cluster' }, together: eachVersion('cluster-master', 'cluster-replica') },
  { file: 'cluster-broken', request: { table: 'cluster' }, together: eachVersion('cluster-broken', 'master') },
  { file: 'keyspace', request: { table: 'keyspace' }, together: eachVersion('master', 'replica-up', 'sentinel') },
  { file: 'commands', request: { table: 'commands' }, together: eachVersion('master') },
  { file: 'targets', request: { table: 'targets' }, together: eachVersion('master', 'acl-info-only', 'no-auth') },
  { file: 'config', request: { table: 'config' }, together: sideBySide('master') },
  {
    file: 'info',
    request: { table: 'info', sections: ['server', 'Replication', 'KEYSPACE', 'Modules', 'None'] },
    together: sideBySide('master'),
  },
  { file: 'refused', request: { table: 'clients' }, together: sideBySide('acl-info-only') },
  { file: 'refused-config', request: { table: 'config' }, together: sideBySide('acl-info-only') },
];

function eachVersion(...situations: string[]): string[][] {
  return VERSIONS.map((version) => situations.map((situation) => `${version} ${situation}`));
}

function sideBySide(situation: string): string[][] {
  return [eachVersion(situation).flat()];
}

describe('of recorded servers', () => {
  it.each(ASKED)('the table $file', async ({ file, request, together }) => {
    const texts: string[] = [];
    for (const names of together) {
      const targets = await startRecordedTargets(
        CASES.filter(({ version, situation }) => names.includes(`${version} ${situation}`))
      );
      const parts = { targets, query: undefined, entries: undefined, now: () => ASKED_AT_MS };
      texts.push(tableText(await answerTable(parts, request)));
      targets.close();
    }
    const text = texts.join('\n');
    const path = join(DIRECTORY, `${file}.txt`);
    if (UPDATE) {
      mkdirSync(DIRECTORY, { recursive: true });
      writeFileSync(path, text);
    }
    expect(text).toBe(readFileSync(path, 'utf8'));
  });

  it('no file is left over', () => {
    expect(readdirSync(DIRECTORY).sort()).toEqual(ASKED.map(({ file }) => `${file}.txt`).sort());
  });
});
