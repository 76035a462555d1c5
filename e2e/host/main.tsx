import { ThemeContext } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { ErrorBoundaryAlert, GlobalStyles, PortalContainer } from '@grafana/ui';
import type { ComponentType } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { MemoryRouter } from 'react-router-dom-v5-compat';
import { AnnotationPage } from './AnnotationPage';
import { ConfigPage } from './ConfigPage';
import { DashboardPage } from './DashboardPage';
import { e2e, forget } from './e2e-window';
import { EditPage } from './EditPage';
import { HelpPage } from './HelpPage';
import { createDataSource, loadPlugin, type Plugin } from './load-plugin';
import type { PageProps, View } from './page-state';
import { applyTheme, offerDataSource, startServices } from './services';
import { loadSettings } from './settings';
import { shareModules } from './shared-modules';
import { VariablePage } from './VariablePage';

const PAGES: Readonly<Record<string, ComponentType<PageProps>>> = {
  edit: EditPage,
  variable: VariablePage,
  annotation: AnnotationPage,
  dashboard: DashboardPage,
  help: HelpPage,
};

let root: Root | undefined;

/** Leaves the page before, whose panels end what they have open, and draws another with a data source of its own. */
async function open(plugin: Plugin, view: View): Promise<void> {
  root?.unmount();
  forget();
  const theme = applyTheme(view.theme);
  const settings = await loadSettings(view.uid);
  offerDataSource(plugin, settings);
  const Page = PAGES[view.page];
  root = createRoot(document.getElementById('root')!);
  root.render(
    <ThemeContext.Provider value={theme}>
      <MemoryRouter>
        <GlobalStyles />
        <style>{`main { padding: ${theme.spacing(2)}; max-width: 1100px; }`}</style>
        <ErrorBoundaryAlert>
          {Page ? (
            <Page dataSource={createDataSource(plugin, settings)} state={view.state} />
          ) : (
            <ConfigPage {...{ plugin, settings }} />
          )}
        </ErrorBoundaryAlert>
        <PortalContainer />
      </MemoryRouter>
    </ThemeContext.Provider>
  );
}

/** `open` is there for the tests once the plugin is. */
async function start(): Promise<void> {
  startServices();
  applyTheme('light');
  await initPluginTranslations('redisvitals-redis-datasource');
  shareModules();
  const plugin = await loadPlugin();
  Object.assign(window, { e2e, host: { open: (view: View) => open(plugin, view) } });
}

void start();
