import { lastValueFrom } from 'rxjs';
import { getBackendSrv } from '@grafana/runtime';
import type { ComboboxOption } from '@grafana/ui';

interface Hit {
  uid: string;
  title: string;
  folderTitle?: string;
}

/** Dashboards of this Grafana by a part of their title; none where they cannot be asked for. */
export async function findDashboards(text: string): Promise<ComboboxOption[]> {
  const hits = await search({ query: text, limit: 50 });
  return hits.map(({ uid, title, folderTitle }) => ({ value: uid, label: title, description: folderTitle }));
}

export async function titleOfDashboard(uid: string): Promise<string | undefined> {
  const [hit] = await search({ dashboardUIDs: uid });
  return hit?.title;
}

async function search(params: Record<string, string | number>): Promise<Hit[]> {
  const request = { url: '/api/search', params: { type: 'dash-db', ...params }, showErrorAlert: false };
  try {
    return (await lastValueFrom(getBackendSrv().fetch<Hit[]>(request))).data;
  } catch {
    return []; // A UID can still be typed, and one that is set goes on being shown.
  }
}
