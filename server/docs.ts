import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiText } from './api/openapi';
import { collectors } from './collectors/registry';
import { metricsDocument } from './metrics-document';
import { self } from './poll/self-families';
import { ownFamilies } from './telemetry/own-families';

/** Runs in dist/server/. */
const DOCS = join(__dirname, '../../docs');

writeFileSync(join(DOCS, 'metrics.md'), metricsDocument(collectors, Object.values(self), ownFamilies()));
writeFileSync(join(DOCS, 'openapi.json'), openApiText());
