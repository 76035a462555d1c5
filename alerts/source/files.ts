import { alertsDocument } from './alerts-document';
import { grafanaRules } from './grafana-rules';

/** The source of what follows, from the root of the repository. */
export const RULES_FILE = 'alerts/redis.rules.yml';

/** What `npm run docs` writes, given the text of the rules: paths from the root of the repository. */
export function alertFiles(rulesYamlText: string): readonly { readonly path: string; readonly text: string }[] {
  return [
    { path: 'provisioning/alerting/redis-vitals.yml', text: grafanaRules(rulesYamlText) },
    { path: 'docs/alerts.md', text: alertsDocument(rulesYamlText) },
  ];
}
