import { formatAddress } from '../model/target';
import { DEFAULTS } from './config';
import type { Context } from './context';
import type { Environment } from './environment';
import { environmentCredentials } from './environment-credentials';
import { type CommandLine, urlPath } from './flags';
import { formatPath } from './problems';
import type { Path, Read, Report } from './read';
import type { targetSchema } from './schema';
import { checkSettings } from './settings';
import type { TargetUrl } from './target-url';
import type { Draft } from './targets';

type Given = Read<typeof targetSchema>;

const DEFAULT_TARGET: TargetUrl = { address: { kind: 'tcp', host: '127.0.0.1', port: 6379 }, tls: false };

/** The targets of the file, as far as they are good. */
export function draftsOfFile(targets: readonly (Given | undefined)[] | undefined, context: Context): readonly Draft[] {
  if (targets?.length === 0) {
    context.report(['targets'], `lists no target: add one, or remove the key to poll ${DEFAULTS.url}`);
  }
  return (targets ?? []).flatMap((given, index) =>
    given === undefined ? [] : draftOfFile(given, ['targets', index], context)
  );
}

function draftOfFile(given: Given, path: Path, context: Context): Draft[] {
  const own = checkSettings(given, path, context);
  const { url } = given;
  if (!('url' in given)) context.report(path, `has no url: add one, for example ${DEFAULTS.url}`);
  if (url === undefined) return [];
  for (const key of ['username', 'password'] as const) {
    const isTwice = url[key] !== undefined && own[key] !== undefined;
    if (isTwice) context.report([...path, 'url'], `holds a ${key}, and another is given beside it: keep one of them`);
  }
  return [{ path, name: given.name ?? formatAddress(url.address), url, own }];
}

/** The targets of the command line, or else of the environment, or else the default. */
export function draftsOfUrls(commandLine: CommandLine, environment: Environment, context: Context): readonly Draft[] {
  const urls = commandLine.urls.length > 0 ? commandLine.urls : [environment.url ?? DEFAULT_TARGET];
  const credentialsOf = environmentCredentials(environment, urls.length > 1, context);
  return urls.flatMap((url, index) =>
    url === undefined
      ? []
      : [{ path: [urlPath(index)], name: formatAddress(url.address), url, own: credentialsOf(url) }]
  );
}

export function reportSameNames(drafts: readonly Draft[], report: Report): void {
  const paths = new Map<string, Path>();
  for (const { name, path } of drafts) {
    const first = paths.get(name);
    if (first === undefined) paths.set(name, path);
    else report(path, `is called ${name}, as ${formatPath(first)} is: targets need names of their own`);
  }
}
