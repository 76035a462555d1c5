import type { DataSourceSettings } from '@grafana/data';
import type { AuthMethod, VitalsOptions, VitalsSecrets } from '../types';

/** What Grafana saves of a data source, and what a provisioning file gives. */
export type VitalsSettings = DataSourceSettings<VitalsOptions, VitalsSecrets>;

/** What each part of the editor is given. */
export interface SectionProps {
  settings: VitalsSettings;
  onChange: (settings: VitalsSettings) => void;
}

const BEARER_HEADER = 'Authorization';
const BEARER_PREFIX = /^\s*Bearer\s+/i;

/**
 * How Grafana's proxy logs in to the collector. Told from the settings that the proxy itself obeys, so that what is shown
 * is what is sent, whoever wrote the settings.
 */
export function authMethodOf(settings: VitalsSettings): AuthMethod {
  if (settings.basicAuth) {
    return 'basic';
  }
  return settings.jsonData.httpHeaderName1?.toLowerCase() === BEARER_HEADER.toLowerCase() ? 'bearer' : 'none';
}

/** Secrets stay, unsent, until they are reset: a choice that is taken back loses nothing. */
export function withAuthMethod(settings: VitalsSettings, method: AuthMethod): VitalsSettings {
  const chosen = { ...settings, basicAuth: method === 'basic' };
  return withOption(chosen, 'httpHeaderName1', method === 'bearer' ? BEARER_HEADER : undefined);
}

/** The token that is being typed; one that is saved never comes back. */
export function typedToken(settings: VitalsSettings): string {
  return settings.secureJsonData?.httpHeaderValue1?.replace(BEARER_PREFIX, '') ?? '';
}

/** Takes the token alone, or with the `Bearer` that it was copied with. */
export function withToken(settings: VitalsSettings, token: string): VitalsSettings {
  const bare = token.replace(BEARER_PREFIX, '').trim();
  return withSecret(settings, 'httpHeaderValue1', bare === '' ? '' : `Bearer ${bare}`);
}

/** `undefined` takes the option away. */
export function withOption<Name extends keyof VitalsOptions>(
  settings: VitalsSettings,
  name: Name,
  value: VitalsOptions[Name]
): VitalsSettings {
  const jsonData = { ...settings.jsonData, [name]: value };
  if (value === undefined) {
    delete jsonData[name];
  }
  return { ...settings, jsonData };
}

export function withSecret(settings: VitalsSettings, name: keyof VitalsSecrets, value: string): VitalsSettings {
  return { ...settings, secureJsonData: { ...settings.secureJsonData, [name]: value } };
}

/** Forgets a saved secret, here at once and on the server when the settings are saved. */
export function withoutSecret(settings: VitalsSettings, name: keyof VitalsSecrets): VitalsSettings {
  return withSecret({ ...settings, secureJsonFields: { ...settings.secureJsonFields, [name]: false } }, name, '');
}

/** Whole seconds, at least one; anything else is no timeout of its own. */
export function parseTimeout(text: string): number | undefined {
  const seconds = Math.round(Number(text));
  return seconds >= 1 ? seconds : undefined;
}
