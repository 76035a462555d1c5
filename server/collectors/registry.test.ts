import { readdirSync } from 'node:fs';
import type { FamilyDescriptor } from '../model/family';
import type { Flavour, Mode, ServerFacts } from '../model/server-facts';
import { self } from '../poll/self-families';
import { assertAllowed } from '../redis/allowed-commands';
import { collectorNames, collectors, usedLabelNames } from './registry';

const FAMILIES = [...collectors.flatMap((collector) => collector.families), ...Object.values(self)];

/** Files of this folder that hold no collector. */
const PARTS = ['collector', 'config-values', 'facts', 'info-fields', 'registry', 'replies', 'search-fields'];

function repeated(words: readonly string[]): readonly string[] {
  return words.filter((word, index) => words.indexOf(word) !== index);
}

describe('collectors', () => {
  it('are the files of this folder, by name', () => {
    const files = readdirSync(__dirname).filter((file) => !file.endsWith('.test.ts'));
    expect([...collectorNames, ...PARTS].sort()).toEqual(files.map((file) => file.replace('.ts', '')).sort());
  });

  it('end with the one that gives what no other knows', () => {
    expect(collectorNames.at(-1)).toBe('info');
  });

  it.each(collectors)('$name says what it is for in a line', ({ help }) => {
    expect(help).toMatch(/^[A-Z][^\n]{10,}\.$/);
  });

  const FLAVOURS: readonly Flavour[] = ['redis', 'valkey', 'keydb', 'dragonfly'];
  const MODES: readonly Mode[] = ['standalone', 'cluster', 'sentinel'];
  const KINDS = FLAVOURS.flatMap((flavour) =>
    MODES.flatMap((mode) =>
      ([2, 6, 7, 9] as const).map((major): ServerFacts => ({
        flavour,
        mode,
        version: [major, 2, 0],
        redisVersion: [major, 2, 0],
        role: 'master',
        runId: '',
        startTimeSeconds: 0,
        sentinelMasters: mode === 'sentinel' ? ['a'] : [],
      }))
    )
  );
  it.each(collectors)('$name sends allowed commands to whatever kind of server', (collector) => {
    for (const { args } of KINDS.flatMap((facts) => collector.commands(facts))) assertAllowed(args);
  });
});

describe('families', () => {
  it('have a name of their own each', () => {
    expect(repeated(FAMILIES.map(({ name }) => name))).toEqual([]);
  });

  it.each(FAMILIES)('$name has names Prometheus takes, and a help of one line', ({ name, labelNames, help }) => {
    expect(name).toMatch(/^redis_[a-z0-9_]*[a-z0-9]$/);
    expect(
      labelNames.filter((label) => !/^[a-z][a-z0-9_]*$/.test(label) || /^(le|quantile|instance)$/.test(label))
    ).toEqual([]);
    expect(help).toMatch(/^[A-Z01][^\n]{10,}[^.]\.$/);
    expect(help).not.toContain(name);
  });

  it('do not get in the way of each other in OpenMetrics, where a counter has two names and a histogram five', () => {
    expect(repeated(FAMILIES.flatMap(openMetricsNames))).toEqual([]);
  });
});

function openMetricsNames({ name, type }: FamilyDescriptor): readonly string[] {
  const parts = type === 'histogram' || type === 'summary' ? ['_bucket', '_sum', '_count', '_created'] : [];
  const bare = type === 'counter' ? name.replace(/_total$/, '') : type === 'info' ? name.replace(/_info$/, '') : name;
  return [...new Set([name, bare, ...parts.map((part) => name + part)])];
}

describe('usedLabelNames', () => {
  it.each(['cmd', 'db', 'role', 'le', 'quantile', 'instance', 'err', 'collector', 'reason'])('has %s', (name) => {
    expect(usedLabelNames).toContain(name);
  });

  it.each(['team', 'env'])('leaves %s to targets', (name) => {
    expect(usedLabelNames).not.toContain(name);
  });
});
