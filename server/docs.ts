import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectors } from './collectors/registry';
import { metricsDocument } from './metrics-document';
import { self } from './poll/self-families';
import { ownFamilies } from './telemetry/own-families';

// Runs in dist/server/.
writeFileSync(
  join(__dirname, '../../docs/metrics.md'),
  metricsDocument(collectors, Object.values(self), ownFamilies())
);
