import {
  authMethodOf,
  parseTimeout,
  typedToken,
  withAuthMethod,
  withOption,
  withoutSecret,
  withToken,
} from './settings';
import { emptySettings } from '../testing/settings';

describe('authentication', () => {
  it.each([
    ['none', {}],
    ['basic', { basicAuth: true }],
    ['bearer', { jsonData: { httpHeaderName1: 'Authorization' } }],
    ['bearer', { jsonData: { httpHeaderName1: 'authorization' } }],
    ['none', { jsonData: { httpHeaderName1: 'X-Scope-OrgID' } }],
  ])('is %s of %j', (method, given) => {
    expect(authMethodOf({ ...emptySettings, ...given })).toBe(method);
  });

  it('is what was chosen last, and leaves nothing of the others to be sent', () => {
    const bearer = withAuthMethod(withAuthMethod(emptySettings, 'basic'), 'bearer');
    expect(bearer).toMatchObject({ basicAuth: false, jsonData: { httpHeaderName1: 'Authorization' } });
    expect(withAuthMethod(bearer, 'none')).toEqual(emptySettings);
  });

  it.each([
    ['abc', 'Bearer abc'],
    ['Bearer abc', 'Bearer abc'],
    [' bearer  abc\n', 'Bearer abc'],
    ['', ''],
  ])('sends the token %j as %j', (text, header) => {
    expect(withToken(emptySettings, text).secureJsonData).toEqual({ httpHeaderValue1: header });
  });

  it('shows the token that is being typed without its prefix', () => {
    expect(typedToken(withToken(emptySettings, 'abc'))).toBe('abc');
    expect(typedToken(emptySettings)).toBe('');
  });
});

it('takes an option away rather than saving an empty one', () => {
  const named = withOption(emptySettings, 'serverName', 'a');
  expect(named.jsonData).toEqual({ serverName: 'a' });
  expect(withOption(named, 'serverName', undefined).jsonData).toEqual({});
});

it('resets a secret here and on the server', () => {
  const saved = { ...emptySettings, secureJsonFields: { tlsCACert: true } };
  expect(withoutSecret(saved, 'tlsCACert')).toMatchObject({
    secureJsonFields: { tlsCACert: false },
    secureJsonData: { tlsCACert: '' },
  });
});

it.each([
  ['30', 30],
  ['2.6', 3],
  ['0', undefined],
  ['-1', undefined],
  ['', undefined],
  ['x', undefined],
])('reads the timeout %j as %j', (text, seconds) => {
  expect(parseTimeout(text)).toBe(seconds);
});
