import { DataSourcePlugin } from '@grafana/data';
import { ConfigEditor } from './config/ConfigEditor';
import { VitalsDataSource } from './datasource';
import { QueryEditor } from './editors/QueryEditor';
import { QueryHelp } from './editors/QueryHelp';
import type { VitalsOptions, VitalsQuery, VitalsSecrets } from './types';

export const plugin = new DataSourcePlugin<VitalsDataSource, VitalsQuery, VitalsOptions, VitalsSecrets>(
  VitalsDataSource
)
  .setConfigEditor(ConfigEditor)
  .setQueryEditor(QueryEditor)
  .setQueryEditorHelp(QueryHelp);
