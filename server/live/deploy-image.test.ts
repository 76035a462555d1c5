import {
  chmodSync,
  chownSync,
  constants,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
} from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { startProcess, type RunningProcess } from '../testing/child-process';
import { temporaryDirectory } from '../testing/cleanup';
import { readStages } from '../testing/compose';
import { environmentOf, instructionsOf, type Stage } from '../testing/dockerfile';
import { freePort } from '../testing/free-port';
import { projectText, ROOT } from '../testing/project-files';
import { startRedis } from '../testing/redis-server';
import { until } from '../testing/wait';

const stages = readStages();
const collector = stages.get('collector')!;
// Safe, both: npm's formats.
const packageJson = JSON.parse(projectText('package.json')) as { scripts: Record<string, string> };
const lock = JSON.parse(projectText('package-lock.json')) as {
  packages: Record<string, { version: string; dev?: true }>;
};
const ignored = projectText('.dockerignore')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

/** Whether a path of the checkout is part of what the images are built from. */
function isInContext(path: string): boolean {
  return (
    existsSync(join(ROOT, path)) &&
    !ignored.some((pattern) => matchesGlob(path, pattern) || matchesGlob(path, `${pattern}/**`))
  );
}

const copies = [...stages.values()].flatMap((stage) =>
  instructionsOf(stage, 'COPY').flatMap(({ words, flags }) =>
    words.slice(0, -1).map((source) => ({ stage: stage.name, from: flags['from'], source }))
  )
);

describe('the Dockerfile', () => {
  it.each(copies.filter(({ from }) => from === undefined))(
    'copies $source into $stage, which is there',
    ({ source }) => {
      expect(source === '.' || isInContext(source)).toBe(true);
    }
  );

  const names = [...stages.keys()];
  it.each(copies.filter(({ from }) => from !== undefined))('takes $source for $stage from $from', (copy) => {
    const { stage, from, source } = copy;
    expect(names.slice(0, names.indexOf(stage))).toContain(from);
    const [directory] = instructionsOf(ancestors(stages.get(from!)!).at(-1)!, 'WORKDIR')[0]!.words;
    expect(`${source}/`.startsWith(`${directory}/`)).toBe(true);
  });

  it('builds from everything the builds read', () => {
    const needed = [
      'package-lock.json',
      'tsconfig.json',
      'server/main.ts',
      'server/tsconfig.build.json',
      'src/module.ts',
    ];
    const files = [...needed, 'src/plugin.json', 'LICENSE', 'CHANGELOG.md', '.config/webpack/plugin.config.ts'];
    expect(files.filter((path) => !isInContext(path))).toEqual([]);
    expect(['.git/HEAD', 'node_modules/zod', 'dist/server', 'data/x', 'server/.env'].filter(isInContext)).toEqual([]);
  });

  it('runs scripts there are', () => {
    const scripts = [...stages.values()]
      .flatMap((stage) => instructionsOf(stage, 'RUN'))
      .flatMap(({ text }) => /npm run (\S+)/.exec(text)?.[1] ?? []);
    expect(scripts).toEqual(['build:server', 'build:plugin']);
    expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining(scripts));
  });

  it('has the Node that everything is tested with', () => {
    const { version } = lock.packages['node_modules/node']!;
    const images = [...stages.values()].map(({ from }) => from).filter((from) => from.startsWith('node:'));
    expect(new Set(images)).toEqual(new Set([`node:${version}-slim`]));
  });

  it('starts the collector as `npm start` does', () => {
    const [, ...flags] = packageJson.scripts['start']!.split(' ');
    expect(instructionsOf(collector, 'ENTRYPOINT')[0]!.words).toEqual([
      'node',
      ...flags.slice(0, -1),
      '/app/dist/server/main.js',
    ]);
    expect(flags.at(-1)).toBe('dist/server/main.js');
  });
});

function ancestors(stage: Stage): readonly Stage[] {
  const parent = stages.get(stage.from);
  return parent === undefined ? [stage] : [stage, ...ancestors(parent)];
}

/** The image's file system below a temporary directory: what COPY puts there, and Node. */
describe('what is in the image of the collector', () => {
  const root = temporaryDirectory();
  const place = (path: string) => join(root, path);
  const [user = ''] = instructionsOf(collector, 'USER')[0]!.words;
  const [uid = 0, gid = 0] = user.split(':').map(Number);
  const isRoot = process.getuid?.() === 0;
  const home = instructionsOf(collector, 'WORKDIR')[0]!.words[0]!;
  const [entrypoint] = instructionsOf(collector, 'ENTRYPOINT');
  const [healthcheck] = instructionsOf(collector, 'HEALTHCHECK');
  let port: number;
  let url: string;
  let running: RunningProcess;

  /** As the user of the image where the test may become it, with its environment and nothing else. */
  function run(words: readonly string[], args: readonly string[] = []): RunningProcess {
    const [, ...rest] = [...words, ...args].map((word) => word.replaceAll('9121', String(port)));
    const line = [place('bin/node'), ...rest.map((word) => (word.startsWith('/app/') ? place(word) : word))];
    const [command = '', ...others] = isRoot
      ? ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...line]
      : line;
    const environment = Object.entries(environmentOf(collector)).map(([name, value]) => [
      name,
      value.replace('9121', String(port)),
    ]);
    return startProcess(command, others, Object.fromEntries(environment) as Record<string, string>, place(home));
  }

  /** Path and time of change of everything outside the working directory. */
  const untouched = () =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .map(place)
      .filter((path) => !path.startsWith(place(home)))
      .map((path) => `${path} ${statSync(path).mtimeMs}`);
  let before: readonly string[];

  beforeAll(async () => {
    mkdirSync(place('bin'));
    copyFileSync(process.execPath, place('bin/node'), constants.COPYFILE_FICLONE);
    installDependencies(place('app'));
    for (const path of ['package.json', 'dist/server'])
      cpSync(join(ROOT, path), place(`app/${path}`), { recursive: true });
    mkdirSync(place(home), { recursive: true });
    chmodSync(root, 0o755);
    if (isRoot) chownSync(place(home), uid, gid);
    else chmodSync(place('app'), 0o555);
    before = untouched();
    port = await freePort();
    url = `http://127.0.0.1:${port}`;
    running = run(entrypoint!.words, [(await startRedis()).url]);
    await until(async () => running.hasExited || (await fetch(`${url}/ready`)).ok, 'the collector to be ready', 30_000);
  }, 120_000);

  it('starts as a user that is not root, with no more than its production dependencies', () => {
    expect([running.hasExited, running.output()]).toEqual([false, expect.not.stringMatching(/"level":(50|60)|error/i)]);
    expect(uid).toBeGreaterThan(0);
    expect(existsSync(place('app/node_modules/express'))).toBe(true);
    expect(existsSync(place('app/node_modules/typescript'))).toBe(false);
  });

  it('serves metrics, the page and its history', async () => {
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('\nredis_up 1\n');
    expect((await fetch(url)).status).toBe(200);
    const query = { from: 'now-1h', to: 'now', queries: [{ refId: 'A', fields: ['used_memory'] }] };
    const answer = await fetch(`${url}/api/v1/query`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(query),
    });
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('used_memory')]);
  });

  it('writes below its working directory and nowhere else', () => {
    expect(untouched()).toEqual(before);
    expect(statSync(place(`${home}/data`)).uid).toBe(isRoot ? uid : process.getuid?.());
  });

  it('is told of as healthy while it runs, and as unhealthy afterwards', async () => {
    expect(await run(healthcheck!.words).exit).toBe(0);
    running.signal('SIGTERM');
    expect(await running.exit).toBe(0);
    expect(await run(healthcheck!.words).exit).toBe(1);
  });
});

/** What `npm ci --omit=dev` puts there, taken from our own node_modules: npm itself may need the network. */
function installDependencies(directory: string): void {
  const paths = Object.entries(lock.packages).flatMap(([path, { dev }]) => (path === '' || dev === true ? [] : path));
  for (const path of paths.filter((path) => existsSync(join(ROOT, path)))) {
    const nested = join(ROOT, path, 'node_modules');
    cpSync(join(ROOT, path), join(directory, path), {
      recursive: true,
      filter: (source) => !source.startsWith(nested),
    });
  }
}
