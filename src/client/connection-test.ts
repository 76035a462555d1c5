import { firstValueFrom } from 'rxjs';
import type { TestDataSourceResponse } from '@grafana/data';
import type { StatusAnswer } from '../../server/api/contract';
import type { CollectorClient } from './collector-client';
import { toCollectorError } from './collector-error';

/** Save & test: what the collector is and has, or one sentence that says what to do. */
export async function testConnection(client: CollectorClient): Promise<TestDataSourceResponse> {
  try {
    return describeStatus(await firstValueFrom(client.status()));
  } catch (thrown) {
    return { status: 'error', message: toCollectorError(thrown).message };
  }
}

/** A warning where graphs will stay empty although the collector answers. */
export function describeStatus({ version, targets, history }: StatusAnswer): TestDataSourceResponse {
  const total = targets.up + targets.down + targets.waiting;
  const collector = `Connected to Redis Vitals ${version}`;
  if (total === 0) {
    return { status: 'warning', message: `${collector}, but it has no targets: add a Redis to its configuration.` };
  }
  const up = `${targets.up} of ${total} ${total === 1 ? 'target' : 'targets'} up`;
  const down = targets.down === 0 ? '' : `, ${targets.down} down`;
  const waiting = targets.waiting === 0 ? '' : `, ${targets.waiting} not polled yet`;
  const known = `${collector}: ${up}${down}${waiting}`;
  switch (history.state) {
    case 'off':
      return {
        status: 'warning',
        message: `${known}; its history is off, so graphs stay empty: set history.enabled to true in its configuration.`,
      };
    case 'degraded': {
      const problem = (history.problem ?? 'the disk cannot be written').replace(/\.$/, '');
      return { status: 'warning', message: `${known}; its history is kept in memory only: ${problem}.` };
    }
    case 'ok':
      return { status: 'success', message: `${known}; history of ${days(history.retentionMs)} on disk.` };
  }
}

function days(retentionMs: number | undefined): string {
  const hours = Math.round((retentionMs ?? 0) / 3_600_000);
  if (hours === 0) {
    return 'unlimited length';
  }
  return hours >= 48 ? `${Math.round(hours / 24)} days` : `${hours} ${hours === 1 ? 'hour' : 'hours'}`;
}
