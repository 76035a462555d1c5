import type { Settings } from './load-plugin';

/** The data source as Grafana's server gives it to its settings page: without secrets. */
export async function loadSettings(uid: string): Promise<Settings> {
  const response = await fetch(`/api/datasources/uid/${uid}`);
  const saved = (await response.json()) as Partial<Settings>;
  return {
    ...{ id: 1, orgId: 1, type: 'redisvitals-redis-datasource', typeName: 'Redis Vitals', typeLogoUrl: '' },
    ...{ access: 'proxy', user: '', database: '', isDefault: true, readOnly: false, withCredentials: false },
    ...saved,
  } as Settings;
}

export async function saveSettings(settings: Settings): Promise<Settings> {
  const response = await fetch(`/api/datasources/uid/${settings.uid}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(settings),
  });
  return { ...settings, secureJsonData: {}, ...((await response.json()) as Partial<Settings>) };
}
