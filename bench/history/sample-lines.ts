import type { Series } from '../../server/model/samples';
import type { Dataset, Poll } from './dataset';

/** Writes polls as lines of Prometheus' text formats; what stands before a value is made once. */
export class SampleLines {
  private readonly names: readonly (readonly string[])[];

  constructor({ targets, mix }: Dataset) {
    this.names = targets.map((target) => mix.layout.series.map((series) => `${seriesName(series, target)} `));
  }

  /** `time` is in the format's unit. */
  of({ target, values }: Poll, time: string): string {
    const names = this.names[target]!;
    let lines = '';
    for (let at = 0; at < values.length; at++) lines += `${names[at]!}${values[at]!} ${time}\n`;
    return lines;
  }
}

/** As Prometheus calls a series: `redis_db_keys{instance="cache-1",db="db0"}`. */
export function seriesName({ family, part, labels }: Series, target: string): string {
  const behind = part === '_bucket' ? 'le' : 'quantile';
  const pairs = labels.map((value, at) => `,${family.labelNames[at] ?? behind}=${quoted(value)}`);
  return `${family.name}${part}{instance=${quoted(target)}${pairs.join('')}}`;
}

function quoted(value: string): string {
  return `"${value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}
