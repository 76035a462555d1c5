import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from '../model/secret';
import { temporaryDirectory } from '../testing/cleanup';
import { FakeHistoryApi } from '../testing/fake-history-api';
import { FakeTargets, makeTarget } from '../testing/fake-targets';
import { startApp, type RunningApp } from '../testing/http-app';
import { PAGE_SCRIPTS, readAssets, type Assets } from './assets';

/** A folder like the one that is built, with something in it that is none of the page's. */
function builtFolder(content = 'export const one = 1;\n'): string {
  const folder = temporaryDirectory();
  for (const name of [...PAGE_SCRIPTS, 'secret.js', 'page.js.map']) writeFileSync(join(folder, name), content);
  mkdirSync(join(folder, 'more'));
  return folder;
}

const assets = readAssets(builtFolder()) as Assets; // it is built
const targets = new FakeTargets().add(makeTarget('a'));

function start(options: Parameters<typeof startApp>[0] = {}): Promise<RunningApp> {
  return startApp(options, { assets, history: new FakeHistoryApi() }, targets);
}

it('knows every module of the page, and no other', () => {
  const sources = readdirSync(join(__dirname, '../page')).filter((name) => /^[^.]+\.ts$/.test(name));
  expect([...PAGE_SCRIPTS].sort()).toEqual(sources.map((name) => name.replace('.ts', '.js')).sort());
});

it('is without scripts where none are built', async () => {
  expect(readAssets(join(__dirname, '../page'))).toBeUndefined();
  const { get } = await startApp({}, { history: new FakeHistoryApi() }, targets);
  const { text } = await get('/');
  expect(text).not.toContain('<script');
  expect(text).toContain('No charts, as their scripts are not built');
});

it('has another version when a file is another', () => {
  expect(readAssets(builtFolder())?.version).toBe(assets.version);
  expect(readAssets(builtFolder('export const two = 2;\n'))?.version).not.toBe(assets.version);
});

describe('GET /assets/<version>/<name>', () => {
  it.each([
    ['page.js', 'text/javascript; charset=utf-8', 'export const one'],
    ['uplot.js', 'text/javascript; charset=utf-8', 'uPlot as default'],
    ['uplot.css', 'text/css; charset=utf-8', '.uplot'],
  ])('gives %s, to be kept', async (name, type, content) => {
    const { get } = await start();
    const { status, headers, text } = await get(`/assets/${assets.version}/${name}`);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': type,
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    });
    expect(text).toContain(content);
    const packed = await get(`/assets/${assets.version}/${name}`, { 'accept-encoding': 'gzip' });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(packed.text).toBe(text);
  });

  it.each([
    ['of another version', '/assets/0123456789ab/page.js'],
    ['that is built, but none of the page', `/assets/${assets.version}/secret.js`],
    ['that is a source map', `/assets/${assets.version}/page.js.map`],
    ['that is a folder', `/assets/${assets.version}/more`],
    ['outside', `/assets/${assets.version}/..%2f..%2fpackage.json`],
    ['without a name', `/assets/${assets.version}/`],
    ['named like a part of every object', `/assets/${assets.version}/constructor`],
  ])('has no file %s', async (_, path) => {
    const { status, headers } = await (await start()).get(path);
    expect(status).toBe(404);
    expect(headers['cache-control']).toBe('no-store');
  });

  it('is read only', async () => {
    const { status, headers } = await (await start()).ask(`/assets/${assets.version}/page.js`, { method: 'POST' });
    expect(status).toBe(405);
    expect(headers.allow).toBe('GET, HEAD');
  });

  it('wants what the page wants', async () => {
    const web = { basicAuthUsers: new Map(), bearerTokens: [new Secret('some-token')] };
    const { get } = await start({ web });
    expect((await get(`/assets/${assets.version}/page.js`)).status).toBe(401);
    const authorization = 'Bearer some-token';
    expect((await get(`/assets/${assets.version}/page.js`, { authorization })).status).toBe(200);
  });
});

describe.each([
  ['/', './'],
  ['/targets/a', '../'],
])('the page at %s', (path, root) => {
  it('loads what there is, relative to itself, and has no script in itself', async () => {
    const { get, url } = await start();
    const { text } = await get(path);
    const links = [...text.matchAll(/(?:href|src)="([^"]*assets\/[^"]+)"/g)].map(([, link]) => link!);
    expect(links).toHaveLength(PAGE_SCRIPTS.length + 2);
    expect(links.filter((link) => !link.startsWith(`${root}assets/`))).toEqual([]);
    for (const link of links) expect((await get(new URL(link, `${url}${path}`).pathname)).status).toBe(200);
    expect(text.match(/<script[^>]*>[^<]*<\/script>/g)).toEqual([
      `<script type="module" src="${root}assets/${assets.version}/page.js"></script>`,
    ]);
  });

  it('reloads itself only where no script runs', async () => {
    const { text } = await (await start()).get(`${path}?refresh=on`);
    const outside = text.replace(/<noscript>[^]*?<\/noscript>/g, '');
    expect(outside).not.toContain('http-equiv="refresh"');
    expect(outside).not.toContain('>Refresh<');
    expect(text).toContain('>Refresh<');
  });

  it('says why there are no charts when the history is off, and what to do', async () => {
    const { get } = await startApp({}, { assets }, targets);
    const { text } = await get(path);
    expect(text).toContain('data-charts="off"');
    expect(text.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ')).toContain(
      'No charts, as the history is off. Leave out --no-history, or set history.enabled: true in the configuration'
    );
  });
});

describe('what the page tells its script', () => {
  it.each([
    [10, /data-names="\[&quot;t0&quot;,[^"]*&quot;t9&quot;\]"/],
    [11, /data-total="11"\s*>/],
  ])('of %d targets', async (count, told) => {
    const many = new FakeTargets();
    for (let index = 0; index < count; index++) many.add(makeTarget(`t${index}`));
    const { get } = await startApp({}, { assets, history: new FakeHistoryApi() }, many);
    expect((await get('/')).text).toMatch(told);
  });

  it('of no target: there is nothing to draw', async () => {
    const { get } = await startApp({}, { assets, history: new FakeHistoryApi() }, new FakeTargets());
    expect((await get('/')).text).not.toContain('id="live"');
  });
});
