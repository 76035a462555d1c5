import { useState } from 'react';
import { of, throwError } from 'rxjs';
import { setBackendSrv, type BackendSrv } from '@grafana/runtime';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { emptySettings } from '../testing/settings';
import { ConfigEditor } from './ConfigEditor';
import type { VitalsSettings } from './settings';

const fetch = jest.fn();
setBackendSrv({ fetch } as unknown as BackendSrv);

/** As Grafana's page does: what the editor hands up comes down again. */
function renderEditor(given: Partial<VitalsSettings> = {}) {
  const seen = { settings: { ...emptySettings, ...given } };
  function Page() {
    const [settings, setSettings] = useState(seen.settings);
    seen.settings = settings;
    return <ConfigEditor options={settings} onOptionsChange={setSettings} />;
  }
  render(<Page />);
  return seen;
}

beforeEach(() => {
  // The list of a Combobox draws the rows that there is room for.
  jest.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(300);
  fetch.mockReset().mockReturnValue(of({ data: [{ uid: 'one', title: 'One instance', folderTitle: 'Redis' }] }));
});

afterEach(() => jest.restoreAllMocks());

it('takes the URL, and says at once what is wrong with it', async () => {
  const seen = renderEditor();
  const url = screen.getByLabelText(/URL of the collector/);
  expect(url).toHaveAttribute('placeholder', 'http://localhost:9121');

  await userEvent.type(url, 'redis://cache');
  expect(screen.getByRole('alert')).toHaveTextContent("Give the collector's");
  await userEvent.clear(url);
  await userEvent.type(url, 'http://vitals:9121');
  expect(screen.queryByRole('alert')).toBeNull();
  expect(seen.settings.url).toBe('http://vitals:9121');
});

it('keeps a password among the secrets', async () => {
  const seen = renderEditor();
  await userEvent.click(screen.getByRole('radio', { name: 'User and password' }));
  await userEvent.type(screen.getByLabelText(/^User \*/), 'grafana');
  await userEvent.type(screen.getByLabelText(/^Password/), 'secret');
  expect(seen.settings).toMatchObject({
    basicAuth: true,
    basicAuthUser: 'grafana',
    secureJsonData: { basicAuthPassword: 'secret' },
  });
  expect(JSON.stringify({ ...seen.settings, secureJsonData: {} })).not.toContain('secret"');
});

it('makes a bearer token the header that the proxy sends', async () => {
  const seen = renderEditor();
  await userEvent.click(screen.getByRole('radio', { name: 'Bearer token' }));
  await userEvent.type(screen.getByLabelText(/^Token/), 'abc');
  expect(screen.getByLabelText(/^Token/)).toHaveValue('abc');
  expect(seen.settings).toMatchObject({
    basicAuth: false,
    jsonData: { httpHeaderName1: 'Authorization' },
    secureJsonData: { httpHeaderValue1: 'Bearer abc' },
  });
});

it('shows that a secret is configured, and resets it', async () => {
  const seen = renderEditor({ basicAuth: true, secureJsonFields: { basicAuthPassword: true } });
  expect(screen.getByLabelText(/^Password/)).toHaveValue('configured');
  await userEvent.click(screen.getByRole('button', { name: 'Reset' }));
  expect(screen.getByLabelText(/^Password/)).toHaveValue('');
  expect(seen.settings).toMatchObject({
    secureJsonFields: { basicAuthPassword: false },
    secureJsonData: { basicAuthPassword: '' },
  });
});

it('has TLS of an https:// address at hand', async () => {
  const seen = renderEditor({ url: 'https://vitals' });
  await userEvent.click(screen.getByRole('checkbox', { name: /^Trust your own CA/ }));
  await userEvent.type(screen.getByLabelText(/^CA certificate/), 'ca');
  await userEvent.click(screen.getByRole('checkbox', { name: /^Show a client certificate/ }));
  await userEvent.type(screen.getByLabelText(/^Certificate \*/), 'crt');
  await userEvent.type(screen.getByLabelText(/^Key/), 'key');
  await userEvent.type(screen.getByLabelText(/^Server name/), 'vitals.internal');
  await userEvent.click(screen.getByRole('checkbox', { name: /^Skip verification/ }));
  expect(seen.settings.jsonData).toEqual({
    tlsAuthWithCACert: true,
    tlsAuth: true,
    tlsSkipVerify: true,
    serverName: 'vitals.internal',
  });
  expect(seen.settings.secureJsonData).toEqual({ tlsCACert: 'ca', tlsClientCert: 'crt', tlsClientKey: 'key' });
});

it('keeps TLS and the rest folded away where they are not in use', async () => {
  renderEditor({ url: 'http://localhost:9121' });
  expect(screen.queryByLabelText(/^Server name/)).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Expand section TLS' }));
  expect(screen.getByLabelText(/^Server name/)).toBeInTheDocument();
});

it('takes a timeout in seconds, and none', async () => {
  const seen = renderEditor({ jsonData: { timeout: 5 } });
  const timeout = screen.getByLabelText(/^Timeout in seconds/);
  await userEvent.type(timeout, '0');
  expect(seen.settings.jsonData).toEqual({ timeout: 50 });
  await userEvent.clear(timeout);
  expect(seen.settings.jsonData).toEqual({});
});

it('finds the dashboard of an instance by its title', async () => {
  const seen = renderEditor({ jsonData: { timeout: 5 } });
  await userEvent.click(screen.getByLabelText(/^Dashboard of an instance/));
  await userEvent.click(await screen.findByRole('option', { name: /One instance/ }));
  expect(seen.settings.jsonData.instanceDashboardUid).toBe('one');
  await waitFor(() => expect(screen.getByLabelText(/^Dashboard of an instance/)).toHaveValue('One instance'));
});

it('shows the UID of a dashboard that cannot be looked up', async () => {
  fetch.mockReturnValue(throwError(() => new Error('403')));
  renderEditor({ jsonData: { instanceDashboardUid: 'gone' } });
  await waitFor(() => expect(fetch).toHaveBeenCalled());
  expect(screen.getByLabelText(/^Dashboard of an instance/)).toHaveValue('gone');
});
