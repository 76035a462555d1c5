import { hostname } from 'node:os';
import { HttpError } from '../errors';
import { refuseRebinding, type AskedFor } from './rebinding';

function request(host: string | undefined, localPort = 9121): AskedFor {
  return { headers: host === undefined ? {} : { host }, socket: { localPort } };
}

describe('refuseRebinding', () => {
  it.each([
    ['no name', undefined],
    ['an address', '127.0.0.1:9121'],
    ['an IPv6 address', '[::1]:9121'],
    ['localhost', 'localhost:9121'],
    ['localhost with a point', 'LOCALHOST.:9121'],
    ['a name below localhost', 'vitals.localhost:9121'],
    ['the name of the machine', `${hostname()}:9121`],
    ['a name without a point', 'vitals:9121'],
    ['what containers call their host', 'host.docker.internal:9121'],
    ['a name of the local network', 'laptop.local:9121'],
    ['the public name of a proxy', 'vitals.example.com'],
    ['the public name of a proxy at another port', 'vitals.example.com:8443'],
  ])('lets pass %s', (_, host) => {
    expect(() => refuseRebinding(request(host), '127.0.0.1')).not.toThrow();
  });

  it.each([
    ['a public name', request('evil.example:9121'), '127.0.0.1'],
    ['a public name with a point', request('evil.example.:9121'), '127.0.0.1'],
    ['a public name in large letters', request('EVIL.EXAMPLE:9121'), '127.0.0.1'],
    ['a name that begins like one of ours', request('localhost.evil.example:9121'), '127.0.0.1'],
    ['a name that looks like an address', request('127.0.0.1.evil.example:9121'), '127.0.0.1'],
    ['a public name at the usual port', request('evil.example', 80), '127.0.0.1'],
    ['a public name over IPv6', request('evil.example:9121'), '::1'],
    ['a public name at localhost', request('evil.example:9121'), 'localhost'],
    ['a public name at another address of this machine', request('evil.example:9121'), '127.0.0.5'],
  ])('refuses %s', (_, asked, listenHost) => {
    expect(() => refuseRebinding(asked, listenHost)).toThrow(
      new HttpError(
        400,
        'bad_data',
        'Without users and tokens, names of other machines are not answered to here: ask for localhost or 127.0.0.1, ' +
          'or set web.basicAuthUsers or web.bearerTokens.'
      )
    );
  });

  it.each(['', '0.0.0.0', '::', '10.0.0.7', 'vitals.example.com'])(
    'leaves alone who asks where others may ask, too: at %j',
    (listenHost) => {
      expect(() => refuseRebinding(request('vitals.example.com:9121'), listenHost)).not.toThrow();
    }
  );
});
