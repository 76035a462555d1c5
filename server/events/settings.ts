import type { Series } from '../model/samples';
import { formatBytes, formatSpan } from './words';

type Show = (value: number) => string;

/** A setting's value as samples have it. */
export interface Setting {
  readonly value: number | string;
  readonly show: Show;
}

/** As people read it. */
export function shownSetting({ value, show }: Setting): string {
  return typeof value === 'number' ? show(value) : value;
}

const plain: Show = (value) => `${value}`;
const bytes: Show = (value) => formatBytes(value);
const bytesOrNone: Show = (value) => (value === 0 ? 'no limit' : formatBytes(value));
const seconds: Show = (value) => formatSpan(value * 1000);
const microseconds: Show = (value) => `${value} µs`;

/**
 * Families whose values are settings, by Redis' name of the setting; of two families of one setting, the first that a
 * poll has. What INFO tells is newer than what CONFIG GET told last.
 */
const NUMBERS: readonly (readonly [setting: string, family: string, show: Show])[] = [
  ['maxmemory', 'redis_memory_max_bytes', bytesOrNone],
  ['maxmemory', 'redis_config_maxmemory', bytesOrNone],
  ['maxclients', 'redis_max_clients', plain],
  ['maxclients', 'redis_config_maxclients', plain],
  ['repl-backlog-size', 'redis_replication_backlog_bytes', bytes],
  ['repl-backlog-size', 'redis_config_repl_backlog_size', bytes],
  ['io-threads', 'redis_config_io_threads', plain],
  ['hz', 'redis_configured_hz', plain],
  ['replica-priority', 'redis_slave_priority', plain],
  ['client-output-buffer-limit', 'redis_config_client_output_buffer_limit_bytes', bytesOrNone],
  ['client-output-buffer-limit', 'redis_config_client_output_buffer_limit_overcome_seconds', seconds],
  ['commandlog-execution-slower-than', 'redis_commandlog_execution_slower_than', microseconds],
  ['commandlog-slow-execution-max-len', 'redis_commandlog_slow_execution_max_len', plain],
  ['commandlog-request-larger-than', 'redis_commandlog_request_larger_than', bytes],
  ['commandlog-large-request-max-len', 'redis_commandlog_large_request_max_len', plain],
  ['commandlog-reply-larger-than', 'redis_commandlog_reply_larger_than', bytes],
  ['commandlog-large-reply-max-len', 'redis_commandlog_large_reply_max_len', plain],
];
const rank = new Map(NUMBERS.map(([setting, family, show], index) => [family, { setting, show, index }]));

/** How INFO writes yes and no. */
const FLAGS: ReadonlyMap<string, string> = new Map([
  ['1', 'yes'],
  ['0', 'no'],
]);

/** Labels that are settings, by family. */
const LABELS: readonly (readonly [setting: string, family: string, label: string])[] = [
  ['maxmemory-policy', 'redis_instance_info', 'maxmemory_policy'],
  ['replica-read-only', 'redis_slave_info', 'read_only'],
];

/** Where the settings of a layout are: those that are values, and those that are labels and so the same for all its polls. */
export interface SettingsPlan {
  readonly values: readonly { readonly setting: string; readonly at: number; readonly show: Show }[];
  readonly labels: ReadonlyMap<string, Setting>;
}

/** The settings among some series. */
export function planSettings(series: readonly Series[]): SettingsPlan {
  const values = series.flatMap(({ family, part, labels }, at) => {
    const row = rank.get(family.name);
    if (row === undefined || part !== '') return [];
    const unit = family.name.endsWith('_seconds') ? ['seconds'] : [];
    return [{ setting: [row.setting, ...labels, ...unit].join(' '), at, show: row.show, index: row.index }];
  });
  values.sort((a, b) => a.index - b.index);
  const seen = new Set<string>();
  const firsts = values.filter(({ setting }) => !seen.has(setting) && seen.add(setting));
  const labels = LABELS.flatMap(([setting, name, label]) =>
    series
      .filter(({ family }) => family.name === name)
      .map(({ family, labels }) => labels[family.labelNames.indexOf(label)] ?? '')
      .filter((value) => value !== '')
      .map((value) => [setting, { value: FLAGS.get(value) ?? value, show: plain }] as const)
  );
  return { values: firsts, labels: new Map(labels) };
}

/** Settings by name: `maxmemory`, `client-output-buffer-limit normal hard`. */
export function readSettings(plan: SettingsPlan, values: Float64Array): ReadonlyMap<string, Setting> {
  const settings = new Map(plan.labels);
  for (const { setting, at, show } of plan.values) {
    settings.set(setting, { value: values[at] ?? NaN, show });
  }
  return settings;
}
