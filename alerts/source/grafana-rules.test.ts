import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { EXAMPLE_RULES } from './example-rules';
import { RULES_FILE } from './files';
import { grafanaRules } from './grafana-rules';
import { readRules } from './rules';

interface ProvisioningFile {
  readonly apiVersion: number;
  readonly groups: readonly {
    readonly name: string;
    readonly folder: string;
    readonly interval: string;
    readonly rules: readonly ProvisionedRule[];
  }[];
}

interface ProvisionedRule {
  readonly uid: string;
  readonly title: string;
  readonly condition: string;
  readonly for: string;
  readonly noDataState: string;
  readonly execErrState: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly data: readonly {
    readonly refId: string;
    readonly datasourceUid: string;
    readonly model: Readonly<Record<string, unknown>>;
  }[];
}

// Safe: what is under test makes it, and each member is looked at below.
const provisioned = (rulesText: string) => parse(grafanaRules(rulesText)) as ProvisioningFile;

describe('grafanaRules', () => {
  const file = provisioned(EXAMPLE_RULES);
  const [down, full] = file.groups[0]?.rules ?? [];

  it('keeps groups, names, durations and labels', () => {
    expect(file).toMatchObject({
      apiVersion: 1,
      groups: [{ orgId: 1, name: 'redis-some', folder: 'Redis Vitals', interval: '1m' }],
    });
    expect([down, full]).toMatchObject([
      { title: 'RedisDown', for: '0s', labels: { severity: 'critical' }, uid: 'vitals-redis-down' },
      { title: 'RedisAOFFull', for: '5m', labels: { severity: 'warning' }, uid: 'vitals-redis-a-o-f-full' },
    ]);
  });

  it('fires for every series of the expression, whatever its value, and not for none', () => {
    expect(full).toMatchObject({ condition: 'C', noDataState: 'OK', execErrState: 'Error' });
    expect(full?.data).toMatchObject([
      {
        refId: 'A',
        datasourceUid: 'prometheus',
        model: { refId: 'A', expr: 'redis_a{b="c|d"} > 1\nand redis_e', instant: true, range: false },
      },
      { refId: 'B', datasourceUid: '__expr__', model: { refId: 'B', type: 'math', expression: 'is_number($A)' } },
      {
        refId: 'C',
        datasourceUid: '__expr__',
        model: {
          refId: 'C',
          type: 'threshold',
          expression: 'B',
          conditions: [{ evaluator: { type: 'gt', params: [0] } }],
        },
      },
    ]);
  });

  it('calls the value what Grafana calls it, and leaves labels and other words', () => {
    expect(down?.annotations).toEqual({
      summary: '{{ $labels.instance }} is down',
      description:
        'It is {{ with $values.A }}{{ .Value | humanize }}{{ end }} and {{ with $values.A }}{{ .Value }}{{ end }}, not {{ $values }}.',
      action: 'Start it.',
      runbook: 'docs/alerts.md#redisdown',
    });
  });
});

describe('the rules in alerts/redis.rules.yml', () => {
  const text = readFileSync(join(__dirname, '../..', RULES_FILE), 'utf8');
  const made = provisioned(text).groups.flatMap(({ rules }) => rules);

  it('are all made rules of Grafana', () => {
    expect(made.map(({ title }) => title)).toEqual(
      readRules(text).flatMap(({ rules }) => rules.map(({ alert }) => alert))
    );
  });

  it('get uids that Grafana takes, each another one', () => {
    expect(made.filter(({ uid }) => !/^[a-z-]{1,40}$/.test(uid))).toEqual([]);
    expect(new Set(made.map(({ uid }) => uid)).size).toBe(made.length);
  });

  it('have in their annotations nothing that Grafana would take from its environment', () => {
    // Provisioning puts environment variables where it finds ${NAME}.
    expect(made.filter(({ annotations }) => JSON.stringify(annotations).includes('${'))).toEqual([]);
  });
});
