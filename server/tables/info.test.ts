import { FakeTargets, makeTarget } from '../testing/fake-targets';
import type { Responder } from '../testing/fake-redis';
import { tableText } from '../testing/table-text';
import { answerTable } from './answer-table';

async function show(servers: Readonly<Record<string, Responder>>, sections?: string[]): Promise<string[]> {
  const targets = new FakeTargets();
  for (const [name, respond] of Object.entries(servers)) targets.add(makeTarget(name)).respond(name, respond);
  const parts = { targets, query: undefined, entries: undefined, now: Date.now };
  const request = { table: 'info', ...(sections !== undefined && { sections }) };
  return tableText(await answerTable(parts, request))
    .split('\n')
    .slice(0, -1);
}

const says = (...lines: string[]) => lines.join('\r\n');

describe('the table info', () => {
  it('puts the fields of targets side by side', async () => {
    const rows = await show({
      a: () => says('# Server', 'redis_version:7.2', 'os:Linux', '# Modules', 'module:name=x', 'module:name=y'),
      b: () => says('# SERVER', 'redis_version:6.2', 'arch:64', '# Modules', 'module:name=y'),
    });
    expect(rows).toEqual([
      'section (string) | field (string) | a (string) | b (string)',
      'Server | redis_version | 7.2 | 6.2',
      'Server | os | Linux | -',
      'Server | arch | - | 64',
      'Modules | module | name=x | name=y',
      'Modules | module | name=y | -',
    ]);
  });

  it('has the sections that are asked for, in any letter case', async () => {
    const server: Responder = () => says('# Server', 'os:Linux', '# Memory', 'used:1');
    expect(await show({ a: server }, ['MEMORY', 'none'])).toEqual([
      'section (string) | field (string) | a (string)',
      'Memory | used | 1',
      'warning: No target has a section none.',
    ]);
  });

  it.each<[string, Responder]>([
    ['everything', (command) => (command === 'INFO everything' ? says('# Server', 'os:Linux') : undefined)],
    ['all', (command) => (command === 'INFO everything' ? '' : says('# Server', 'os:Linux'))],
    ['its default', (command) => (command === 'INFO' ? says('# Server', 'os:Linux') : '')],
  ])('is that of INFO with the word the server knows: %s', async (_, respond) => {
    expect((await show({ a: respond })).slice(1)).toEqual(['Server | os | Linux']);
  });

  it('has no column for a target that refuses', async () => {
    expect(await show({ a: () => says('# Server', 'os:Linux'), b: () => undefined })).toEqual([
      'section (string) | field (string) | a (string)',
      'Server | os | Linux',
      "warning: b: INFO everything answered: ERR unknown command 'INFO everything'.",
    ]);
  });
});
