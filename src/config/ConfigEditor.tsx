import { css } from '@emotion/css';
import { locationUtil, type DataSourcePluginOptionsEditorProps, type GrafanaTheme2 } from '@grafana/data';
import { DataSourceDescription } from '@grafana/plugin-ui';
import { Divider, useStyles2 } from '@grafana/ui';
import pluginJson from '../plugin.json';
import type { VitalsOptions, VitalsSecrets } from '../types';
import { AuthSection } from './AuthSection';
import { ConnectionSection } from './ConnectionSection';
import { MoreSection } from './MoreSection';
import { TlsSection } from './TlsSection';

/** Settings of a data source. All of them are Grafana's own names where it has one, so that all can be provisioned. */
export function ConfigEditor({
  options,
  onOptionsChange,
}: DataSourcePluginOptionsEditorProps<VitalsOptions, VitalsSecrets>) {
  const styles = useStyles2(getStyles);
  const shared = { settings: options, onChange: onOptionsChange };
  return (
    <div className={styles.editor}>
      <DataSourceDescription
        dataSourceName={pluginJson.name}
        docsLink={locationUtil.assureBaseUrl(`/plugins/${pluginJson.id}`)}
      />
      <Divider spacing={4} />
      <ConnectionSection {...shared} />
      <Divider spacing={4} />
      <AuthSection {...shared} />
      <Divider spacing={4} />
      <TlsSection {...shared} />
      <Divider spacing={4} />
      <MoreSection {...shared} />
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return { editor: css({ maxWidth: theme.spacing(90), marginBottom: theme.spacing(4) }) };
}
