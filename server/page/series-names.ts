import type { ChartSeries } from './series-data.ts';

/** What a line is called: its target; on the page of a target, what tells it from the other lines. */
export function lineNames(series: readonly ChartSeries[], isOneTarget: boolean): string[] {
  const hasFields = new Set(series.map(({ field }) => field)).size > 1;
  return series.map(({ labels, displayName }) => {
    const { instance = '', slave_ip: ip, slave_port: port } = labels;
    const parts = isOneTarget ? [] : [instance];
    if (ip !== undefined) parts.push(`→ ${ip.includes(':') ? `[${ip}]` : ip}:${port ?? ''}`);
    if (hasFields || parts.length === 0) parts.push(displayName);
    return parts.join(' ');
  });
}
