import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { alertFiles, RULES_FILE } from '../alerts/source/files';
import { dashboardsDocument } from '../dashboards/source/document';
import { dashboardFiles } from '../dashboards/source/files';
import { openApiText } from './api/openapi';
import { collectors } from './collectors/registry';
import { configDocument } from './config-document';
import { metricsDocument } from './metrics-document';
import { self } from './poll/self-families';
import { ownFamilies } from './telemetry/own-families';

/** Runs in dist/docs/server/. */
const DOCS = join(__dirname, '../../../docs');

writeFileSync(join(DOCS, 'metrics.md'), metricsDocument(collectors, Object.values(self), ownFamilies()));
writeFileSync(join(DOCS, 'openapi.json'), openApiText());

const configuration = join(DOCS, 'configuration.md');
writeFileSync(configuration, configDocument(readFileSync(configuration, 'utf8')));

const dashboards = join(DOCS, 'dashboards.md');
writeFileSync(dashboards, dashboardsDocument(readFileSync(dashboards, 'utf8')));

const root = join(DOCS, '..');
const rules = readFileSync(join(root, RULES_FILE), 'utf8');
for (const { path, text } of [...dashboardFiles(), ...alertFiles(rules)]) {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
