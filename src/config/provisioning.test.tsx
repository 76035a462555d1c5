import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { of } from 'rxjs';
import { setBackendSrv, type BackendSrv } from '@grafana/runtime';
import { render, screen } from '@testing-library/react';
import { parse } from 'yaml';
import { emptySettings } from '../testing/settings';
import { ConfigEditor } from './ConfigEditor';
import { authMethodOf, type VitalsSettings } from './settings';

setBackendSrv({ fetch: () => of({ data: [] }) } as unknown as BackendSrv);

interface Provisioned extends Partial<VitalsSettings> {
  secureJsonData: Record<string, string>;
}

/** What the examples of the README make of a data source, as Grafana's server hands it to the editor. */
function fromReadme(): VitalsSettings[] {
  const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');
  const files = [...readme.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => parse(text ?? '') as File);
  return files.flatMap(({ datasources }) => datasources).map(asServed);
}

interface File {
  datasources: Provisioned[];
}

function asServed({ secureJsonData, ...given }: Provisioned): VitalsSettings {
  const secureJsonFields = Object.fromEntries(Object.keys(secureJsonData).map((name) => [name, true]));
  return { ...emptySettings, ...given, secureJsonFields, readOnly: true };
}

const [basic, bearer] = fromReadme();

function open(settings: VitalsSettings | undefined) {
  render(<ConfigEditor options={settings ?? emptySettings} onOptionsChange={() => undefined} />);
}

it('shows all that a provisioned data source with a password and TLS has', () => {
  open(basic);
  expect(screen.getByLabelText(/URL of the collector/)).toHaveValue('https://vitals.example.com:9121');
  expect(screen.getByRole('radio', { name: 'User and password' })).toBeChecked();
  expect(screen.getByLabelText(/^User/, { selector: 'input[type=text], input:not([type])' })).toHaveValue('grafana');
  expect(screen.getByRole('checkbox', { name: /own CA/ })).toBeChecked();
  expect(screen.getByRole('checkbox', { name: /^Show a client certificate/ })).toBeChecked();
  expect(screen.getByLabelText(/^Server name/)).toHaveValue('vitals.internal');
  expect(screen.getByLabelText(/^Timeout/)).toHaveValue(60);
  expect(screen.getByLabelText(/^Dashboard/)).toHaveValue('redis-instance');
  expect(screen.getAllByDisplayValue('configured')).toHaveLength(4);
});

it('shows a provisioned bearer token', () => {
  open(bearer);
  expect(bearer && authMethodOf(bearer)).toBe('bearer');
  expect(screen.getByRole('radio', { name: 'Bearer token' })).toBeChecked();
  expect(screen.getByLabelText(/^Token/)).toHaveValue('configured');
});

it('lets nothing of a provisioned data source be changed', () => {
  open(basic);
  const controls = [
    ...screen.getAllByRole('textbox'),
    ...screen.getAllByRole('radio'),
    ...screen.getAllByRole('checkbox'),
  ];
  controls.push(screen.getByRole('spinbutton'), screen.getByRole('combobox'));
  expect(controls.length).toBeGreaterThan(10);
  controls.forEach((control) => expect(control).toBeDisabled());
  expect(screen.queryByRole('button', { name: 'Reset' })).toBeNull();
});
