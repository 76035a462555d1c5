import {
  config,
  setAppEvents,
  setBackendSrv,
  setDataSourceSrv,
  setLocationSrv,
  setTemplateSrv,
  type DataSourceSrv,
} from '@grafana/runtime';
import { createTheme, EventBusSrv, type DataSourceApi, type GrafanaTheme2 } from '@grafana/data';
import { HostBackendSrv } from './backend-srv';
import { createDataSource, instanceSettings, type Plugin, type Settings } from './load-plugin';
import { HostTemplateSrv } from './template-srv';

export const templateSrv = new HostTemplateSrv();

export function applyTheme(mode: 'light' | 'dark'): GrafanaTheme2 {
  config.theme2 = createTheme({ colors: { mode } });
  return config.theme2;
}

/** The singletons of @grafana/runtime, set before any plugin loads. */
export function startServices(): void {
  setBackendSrv(new HostBackendSrv());
  setTemplateSrv(templateSrv);
  setLocationSrv({ update: () => undefined });
  setAppEvents(new EventBusSrv());
}

/** The one data source, once the plugin is there. */
export function offerDataSource(plugin: Plugin, settings: Settings): void {
  const instance = createDataSource(plugin, settings) as unknown as DataSourceApi;
  const listed = instanceSettings(plugin, settings);
  const service: DataSourceSrv = {
    get: () => Promise.resolve(instance),
    getList: () => [listed],
    getInstanceSettings: () => listed,
    reload: () => Promise.resolve(),
    registerRuntimeDataSource: () => undefined,
  };
  setDataSourceSrv(service);
}
