import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { parseTargetUrl } from '../config/target-url';
import { formatAddress } from '../model/target';
import { makeCertificates } from './certificates';
import { temporaryDirectory } from './cleanup';
import { startRedis, type RedisServer } from './redis-server';

const PASSWORD = 'correct horse';

interface Settings {
  readonly username?: string;
  readonly password?: string;
  readonly passwordFile?: string;
  readonly passwordEnv?: string;
  readonly tls?: object;
}

interface File {
  readonly listen?: string;
  readonly web?: object;
  readonly history?: object;
  readonly defaults?: Settings;
  readonly targets?: readonly (Settings & { readonly url: string; readonly name?: string })[];
}

/** Real servers in place of those that documents name: `redis://cache-1:6379` is one on a free port of this machine. */
export class StandInServers {
  /** A file with the password of every server that has one. */
  readonly passwordFile = join(temporaryDirectory(), 'password');
  private readonly certificates = makeCertificates();
  private readonly servers = new Map<string, Promise<RedisServer>>();

  constructor() {
    writeFileSync(this.passwordFile, PASSWORD);
  }

  /** The environment of a process that is to trust them. */
  get env(): Readonly<Record<string, string>> {
    return { NODE_EXTRA_CA_CERTS: this.certificates.caFile };
  }

  /** The redis-url of the server that stands in; `isSecured`: it asks for the password, which is given elsewhere. */
  async url(text: string, isSecured = false, username?: string): Promise<string> {
    const read = parseTargetUrl(text);
    if ('problem' in read) throw new Error(`${text} ${read.problem}`);
    const { address, tls, password, username: ownName } = read.value;
    const server = await this.server(formatAddress(address), tls, isSecured || password !== undefined);
    const user = ownName ?? username;
    if (user !== undefined) await server.command('ACL', 'SETUSER', user, 'on', `>${PASSWORD}`, '~*', '&*', '+@all');
    const credentials = password === undefined ? '' : `${ownName ?? ''}:${encodeURIComponent(PASSWORD)}@`;
    if (address.kind === 'unix') return `unix://${credentials}${server.socketPath}`;
    return `${tls ? 'rediss' : 'redis'}://${credentials}${server.host}:${server.port}`;
  }

  /** A configuration file with the servers that stand in, under the names of those it has; without where it serves. */
  async configText(text: string): Promise<string> {
    const file = parse(text) as File;
    const defaults = file.defaults && this.settings(file.defaults);
    const targets = file.targets?.map(async ({ url, name = defaultName(url), ...own }) => {
      const all = { ...file.defaults, ...own };
      const isSecured = (all.password ?? all.passwordFile ?? all.passwordEnv) !== undefined;
      return { name, ...this.settings(own), url: await this.url(url, isSecured, all.username) };
    });
    return stringify({
      ...file,
      ...(defaults && { defaults }),
      ...(targets && { targets: await Promise.all(targets) }),
    });
  }

  private settings({ password, passwordFile, passwordEnv, tls, ...others }: Settings): object {
    const isSecured = (password ?? passwordFile ?? passwordEnv) !== undefined;
    return {
      ...others,
      ...(isSecured && { passwordFile: this.passwordFile }),
      ...(tls && { tls: { ca: this.certificates.caFile } }),
    };
  }

  private server(address: string, tls: boolean, isSecured: boolean): Promise<RedisServer> {
    const key = JSON.stringify([address, tls, isSecured]);
    const known = this.servers.get(key);
    if (known !== undefined) return known;
    const started = startRedis({ ...(tls && { tls: this.certificates }), ...(isSecured && { password: PASSWORD }) });
    this.servers.set(key, started);
    return started;
  }
}

function defaultName(url: string): string {
  const read = parseTargetUrl(url);
  if ('problem' in read) throw new Error(`${url} ${read.problem}`);
  return formatAddress(read.value.address);
}
