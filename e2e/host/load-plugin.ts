import {
  type DataSourceApi,
  type DataSourceInstanceSettings,
  type DataSourcePlugin,
  type DataSourcePluginMeta,
  type DataSourceSettings,
} from '@grafana/data';
import type { VitalsDataSource } from '../../src/datasource';
import type { VitalsOptions, VitalsQuery, VitalsSecrets } from '../../src/types';

const BASE = '/public/plugins/redisvitals-redis-datasource';

export type Plugin = DataSourcePlugin<VitalsDataSource, VitalsQuery, VitalsOptions, VitalsSecrets>;
export type Settings = DataSourceSettings<VitalsOptions, VitalsSecrets>;

let meta: DataSourcePluginMeta | undefined;

/** dist/module.js as Grafana loads it: through SystemJS, as AMD, with plugin.json beside it. */
export async function loadPlugin(): Promise<Plugin> {
  const response = await fetch(`${BASE}/plugin.json`);
  const json = (await response.json()) as DataSourcePluginMeta;
  meta = { ...json, module: `${BASE}/module.js`, baseUrl: BASE, streaming: true };
  const module = await System.import(new URL(`${BASE}/module.js`, location.href).href);
  const plugin = module.plugin as Plugin | undefined;
  if (plugin === undefined) throw new Error('module.js exports no plugin');
  plugin.meta = meta;
  return plugin;
}

/** An instance as Grafana's DatasourceSrv makes it. */
export function createDataSource(plugin: Plugin, settings: Settings): VitalsDataSource {
  const instance = new plugin.DataSourceClass(instanceSettings(plugin, settings));
  (instance as DataSourceApi<VitalsQuery, VitalsOptions>).components = plugin.components as unknown as NonNullable<
    DataSourceApi<VitalsQuery, VitalsOptions>['components']
  >;
  return instance;
}

export function instanceSettings(plugin: Plugin, settings: Settings): DataSourceInstanceSettings<VitalsOptions> {
  const { uid, name, jsonData } = settings;
  return {
    ...{ id: 1, uid, name, jsonData, type: plugin.meta.id, access: 'proxy', readOnly: false },
    url: `/api/datasources/proxy/uid/${uid}`,
    meta: plugin.meta,
    cachingConfig: { enabled: false, TTLMs: 0 },
  };
}
