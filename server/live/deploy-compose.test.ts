import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { healthcheckOf, mountsOf, readCompose, readStages, type ComposeService } from '../testing/compose';
import { environmentOf, instructionsOf } from '../testing/dockerfile';
import { projectFiles, projectText, projectYaml, ROOT } from '../testing/project-files';

const { services, volumes } = readCompose();
const stages = readStages();
const all = Object.entries(services);

/** Every `image:` and every FROM that is no stage. */
const images = [...all.map(([, { image }]) => image), ...[...stages.values()].map(({ from }) => from)].filter(
  (image) => !stages.has(image)
);

const YAML_FILES = ['docker-compose.yml', ...projectFiles('{deploy,provisioning}/**/*.{yml,yaml}')];

describe('the files', () => {
  it.each(YAML_FILES)('%s is YAML', (path) => {
    expect(projectYaml(path)).toContainEqual(expect.any(Object));
  });

  it.each(YAML_FILES.concat('deploy/Dockerfile'))('%s holds no secret', (path) => {
    expect(projectText(path)).not.toMatch(
      /^[ \t-]*['"]?\w*(password|secret|token|api_?key)['"]?[ \t]*[:=][ \t]*(?!false)['"]?\w/im
    );
  });
});

describe.each(all)('the service %s', (_, service: ComposeService) => {
  const { build, depends_on: waitsFor = {}, ports = [] } = service;

  it('is restarted, and may no more than it needs', () => {
    expect(service).toMatchObject({
      restart: 'unless-stopped',
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
  });

  it('mounts what there is, for reading only', () => {
    const bad = mountsOf(service).filter(({ source, isVolume, options }) =>
      isVolume ? !Object.hasOwn(volumes, source) : !existsSync(join(ROOT, source)) || options !== 'ro'
    );
    expect(bad).toEqual([]);
  });

  it('is built from a stage there is, by itself or by one other service, when it is ours', () => {
    const builders = all.filter(([, other]) => other.image === service.image && other.build !== undefined);
    const isOurs = service.image.endsWith(':local');
    expect([builders.length, service.pull_policy]).toEqual(isOurs ? [1, 'never'] : [0, undefined]);
    expect([undefined, ...stages.keys()]).toContain(build?.target);
    expect([undefined, '.']).toContain(build?.context);
    expect([undefined, 'deploy/Dockerfile']).toContain(build?.dockerfile);
  });

  it('is reached from this machine only', () => {
    expect(ports.filter((port) => !/^127\.0\.0\.1:\d+:\d+$/.test(port))).toEqual([]);
  });

  it('waits for services there are, and that tell of their health', () => {
    const bad = Object.entries(waitsFor).filter(([name, { condition }]) => {
      const other = services[name];
      return condition !== 'service_healthy' || other === undefined || healthcheckOf(other, stages) === undefined;
    });
    expect(bad).toEqual([]);
  });

  it('is given the files its command line names', () => {
    const line = [...(service.entrypoint ?? []), ...(service.command ?? [])].join(' ');
    const named = [...line.matchAll(/\/(?:etc|prometheus)\b[\w./-]*/g)].map(([path]) => path);
    expect(mountsOf(service).map(({ target }) => target)).toEqual(expect.arrayContaining(named));
  });
});

it('every image has a tag that stays what it is', () => {
  expect(images.length).toBeGreaterThan(all.length);
  expect(images.filter((image) => !/^[\w./-]+:(local|v?\d+\.\d+\.\d+(-\w+)?)$/.test(image))).toEqual([]);
});

it('every volume is used', () => {
  const used = all.flatMap(([, service]) =>
    mountsOf(service).flatMap(({ source, isVolume }) => (isVolume ? source : []))
  );
  expect(Object.keys(volumes).sort()).toEqual([...new Set(used)].sort());
});

describe('Grafana', () => {
  const grafana = services['grafana']!;
  const environment = { ...environmentOf(stages.get('grafana')!), ...grafana.environment };
  const mounts = mountsOf(grafana);
  // Safe, both: our own files.
  const { providers } = projectYaml('provisioning/dashboards/redis-vitals.yml')[0] as {
    providers: { folder: string; options: { path: string } }[];
  };
  const { datasources } = projectYaml('provisioning/datasources/redis-vitals.yml')[0] as { datasources: Datasource[] };

  it('is given each dashboard in the folder of its kind, and nothing else', () => {
    const expected = ['dashboards/*.json', 'dashboards/prometheus/*.json'].map((pattern) => projectFiles(pattern));
    expect(expected.flat().length).toBeGreaterThan(0);
    expect(providers.map(({ folder }) => folder)).toEqual(['Redis Vitals', 'Redis Vitals (Prometheus)']);
    const given = providers.map(({ options: { path } }) =>
      mounts
        .filter(({ target }) => `${target}/`.startsWith(`${path}/`))
        .flatMap(({ source }) => (source.endsWith('.json') ? source : projectFiles(`${source}/**`)))
        .filter((file) => file.includes('.'))
    );
    expect(given).toEqual(expected);
  });

  it('mounts a dashboard under its own name', () => {
    const files = mounts.filter(({ source }) => source.endsWith('.json'));
    expect(files.map(({ target }) => basename(target))).toEqual(files.map(({ source }) => basename(source)));
  });

  it('opens a dashboard there is, and so do instances', () => {
    const uids = projectFiles('dashboards/**/*.json').map(
      (path) => (JSON.parse(projectText(path)) as { uid: string }).uid
    );
    const linked = datasources.map(({ jsonData }) => jsonData.instanceDashboardUid).filter((uid) => uid !== undefined);
    expect(uids).toEqual(
      expect.arrayContaining([/^\/d\/([\w-]+)$/.exec(environment['GF_USERS_HOME_PAGE']!)?.[1], ...linked])
    );
  });

  it('reads each folder of provisioning', () => {
    const expected = projectFiles('provisioning/*').map((path) => [path, `/etc/grafana/${path}`]);
    expect(mounts.map(({ source, target }) => [source, target])).toEqual(expect.arrayContaining(expected));
  });

  it('finds the plugin outside of any volume, and may load it unsigned', () => {
    const { id } = JSON.parse(projectText('src/plugin.json')) as { id: string };
    const folder = environment['GF_PATHS_PLUGINS']!;
    expect(environment['GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS']).toBe(id);
    expect(instructionsOf(stages.get('grafana')!, 'COPY').map(({ words }) => words[1])).toEqual([`${folder}/${id}`]);
    expect(mounts.filter(({ target }) => `${folder}/`.startsWith(`${target}/`))).toEqual([]);
    expect(datasources[0]!.type).toBe(id);
  });

  it('asks services there are, on ports they have', () => {
    const asked = datasources.map(({ uid, url }) => {
      const [, host = '', port] = /:-http:\/\/([\w-]+):(\d+)\}$/.exec(environment[url.slice(1)] ?? '') ?? [];
      return [uid, services[host]?.ports?.[0]?.endsWith(`:${port}`)];
    });
    expect(asked).toEqual([
      ['redis-vitals', true],
      ['prometheus', true],
    ]);
  });

  it('lets nobody administer', () => {
    expect(environment).toMatchObject({
      GF_AUTH_ANONYMOUS_ENABLED: 'true',
      GF_AUTH_ANONYMOUS_ORG_ROLE: 'Editor',
      GF_AUTH_BASIC_ENABLED: 'false',
      GF_AUTH_DISABLE_LOGIN_FORM: 'true',
      GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION: 'true',
    });
  });
});

interface Datasource {
  readonly uid: string;
  readonly type: string;
  readonly url: string;
  readonly jsonData: { readonly instanceDashboardUid?: string };
}
