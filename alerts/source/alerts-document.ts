import { readRules, type AlertGroup, type AlertRule } from './rules';

const INTRODUCTION = `# Alerts

<!-- Written by \`npm run docs\` from alerts/redis.rules.yml; changes here are lost. -->

Rules for Prometheus are in [alerts/redis.rules.yml](../alerts/redis.rules.yml), with tests in
[alerts/redis.test.yml](../alerts/redis.test.yml); the same ones for Grafana, which then asks a Prometheus itself, in
[provisioning/alerting/redis-vitals.yml](../provisioning/alerting/redis-vitals.yml). Take one of the two.

## Load them into Prometheus

\`\`\`yaml
rule_files:
  - redis.rules.yml
scrape_configs:
  - job_name: redis
    honor_labels: true
    static_configs:
      - targets: [127.0.0.1:9121]
\`\`\`

They work as well with \`http_sd_configs\`, that is, \`/scrape\` for each target; what Redis Vitals tells of its history and its
configuration is on \`/metrics\` alone. \`promtool check rules redis.rules.yml\` checks them after a change, and
\`promtool test rules redis.test.yml\` tests them.

Metrics with another first word than \`redis\` (\`namespace\`) need rules with another first word. With redis_exporter all but those
that start with \`RedisVitalsCollector\`, \`RedisVitalsHistory\` and \`RedisVitalsReload\` work, as far as it has the metric.

In Alertmanager, group by \`alertname\` and \`job\`: all nodes of a cluster tell that it is down.

## Load them into Grafana

Put \`redis-vitals.yml\` into the directory \`alerting\` of Grafana's provisioning directory, often
\`/etc/grafana/provisioning/alerting\`, and start Grafana anew. The rules are in the folder "Redis Vitals", ask the data source whose
uid is \`prometheus\`, and cannot be edited in Grafana: change them in the file. A rule there fires when
the one for Prometheus does.

## Tell them what is normal

Two labels of targets, set under \`labels\` in the configuration, leave a target out of an alert:

| Label               | Leaves the target out of | Because                                                  |
| ------------------- | ------------------------ | -------------------------------------------------------- |
| \`workload: queue\`   | RedisBlockedClients      | Workers of a queue are blocked while they wait for work. |
| \`persistence: none\` | RedisSaveTooOld          | Its data need not be kept.                               |

Which instances belong together is told from their replication IDs (\`master_replid\` of \`redis_instance_info\`) and from the master a
replica names; no label is needed for that.

## All alerts
`;

/** docs/alerts.md: how to load the rules, all of them at a glance, and for each when it fires and what to do. */
export function alertsDocument(rulesYamlText: string): string {
  const groups = readRules(rulesYamlText);
  const rows = groups.flatMap(({ rules }) => rules.map(overviewRow));
  return [INTRODUCTION, table(['Alert', 'Severity', 'When'], rows), ...groups.map(groupSection)].join('\n');
}

function overviewRow({ alert, labels, when }: AlertRule): readonly string[] {
  return [`[${alert}](#${alert.toLowerCase()})`, labels['severity'] ?? '', firstSentence(when)];
}

function groupSection({ name, rules }: AlertGroup): string {
  return `## ${heading(name)}\n\n${rules.map(ruleSection).join('\n')}`;
}

/** `redis-availability` is "Redis availability". */
function heading(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1).replaceAll('-', ' ');
}

function ruleSection({ alert, labels, expr, when, annotations, for: pending }: AlertRule): string {
  return `### ${alert}

${when}

What to do: ${annotations['action'] ?? ''}

Severity ${labels['severity'] ?? ''}${pending === '0s' ? '' : `, for ${pending}`}:

\`\`\`promql
${expr}
\`\`\`
`;
}

function firstSentence(text: string): string {
  return /^.*?[.](?= |$)/.exec(text)?.[0] ?? text;
}

/** With columns as wide as their widest cell, as Prettier wants them. */
function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [heads, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = heads.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[], fill = ' ') =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill)).join(' | ')} |\n`;
  const [head = [], ...body] = cells;
  return [
    line(head),
    line(
      heads.map(() => ''),
      '-'
    ),
    ...body.map((row) => line(row)),
  ].join('');
}
