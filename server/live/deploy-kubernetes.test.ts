import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '../testing/cleanup';
import { runCollector } from '../testing/collector-process';
import { readStages } from '../testing/compose';
import { instructionsOf } from '../testing/dockerfile';
import { projectFiles, projectText, projectYaml } from '../testing/project-files';

/** What a manifest may say, as far as it is looked at. */
interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Labels };
}
type Labels = Readonly<Record<string, string>>;
interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}
interface Deployment extends Manifest {
  readonly spec: {
    readonly replicas: number;
    readonly strategy: { readonly type: string };
    readonly selector: { readonly matchLabels: Labels };
    readonly template: { readonly metadata: { readonly labels: Labels }; readonly spec: PodSpec };
  };
}
interface PodSpec {
  readonly securityContext: object;
  readonly containers: readonly [Container];
  readonly volumes: readonly (Readonly<Record<string, { name?: string; secretName?: string; claimName?: string }>> & {
    readonly name: string;
  })[];
}
interface Container {
  readonly image: string;
  readonly args: readonly string[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly startupProbe: Probe;
  readonly readinessProbe: Probe;
  readonly livenessProbe: Probe;
  readonly securityContext: object;
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
}
interface ConfigMap extends Manifest {
  readonly data: Readonly<Record<string, string>>;
}
interface Service extends Manifest {
  readonly spec: {
    readonly selector: Labels;
    readonly ports: readonly { readonly name: string; readonly targetPort: string }[];
  };
}
interface NetworkPolicy extends Manifest {
  readonly spec: {
    readonly podSelector: object;
    readonly ingress: readonly { readonly ports: readonly { readonly port: string }[] }[];
  };
}
interface ServiceMonitor extends Manifest {
  readonly spec: {
    readonly selector: object;
    readonly endpoints: readonly { readonly port: string; readonly authorization: { readonly credentials: object } }[];
  };
}

const FOLDER = 'deploy/kubernetes';
// Safe, here and below: our own files, and the tests look at what they use of them.
const manifest = (file: string) => projectYaml(`${FOLDER}/${file}.yaml`)[0] as Manifest;
const deployment = manifest('deployment') as Deployment;
const pod = deployment.spec.template.spec;
const [container] = pod.containers;
const configMap = manifest('configmap') as ConfigMap;
const service = manifest('service') as Service;
const labels = deployment.spec.template.metadata.labels;

describe('the manifests', () => {
  const { resources } = projectYaml(`${FOLDER}/kustomization.yaml`)[0] as { resources: string[] };

  it('are all applied, but for what asks for an operator', () => {
    const files = projectFiles(`${FOLDER}/*.yaml`).map((path) => path.slice(FOLDER.length + 1));
    const apart = ['kustomization.yaml', 'servicemonitor.yaml'];
    expect([...resources].sort()).toEqual(files.filter((file) => !apart.includes(file)));
  });

  it.each(['configmap', 'pvc', 'deployment', 'service', 'networkpolicy', 'servicemonitor'])(
    '%s has a kind, a name and no namespace',
    (file) => {
      const { apiVersion, kind, metadata } = manifest(file);
      expect([apiVersion, kind, metadata.name, metadata.namespace]).toEqual([
        expect.stringMatching(/^([\w.]+\/)?v1$/),
        expect.stringMatching(/^[A-Z]\w+$/),
        'redis-vitals',
        undefined,
      ]);
    }
  );
});

describe('the deployment', () => {
  it('runs one pod at a time, since the history belongs to one process', () => {
    expect(deployment.spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
    expect(deployment.spec.selector.matchLabels).toEqual(labels);
  });

  it('has the port that the image exposes, and asks it by name', () => {
    const [exposed] = instructionsOf(readStages().get('collector')!, 'EXPOSE');
    expect(container.ports).toEqual([{ name: 'http', containerPort: Number(exposed!.text) }]);
    const { startupProbe, readinessProbe, livenessProbe } = container;
    expect([startupProbe, readinessProbe, livenessProbe].map(({ httpGet }) => httpGet)).toEqual([
      { path: '/health', port: 'http' },
      { path: '/ready', port: 'http' },
      { path: '/health', port: 'http' },
    ]);
  });

  it('mounts volumes there are, each once', () => {
    const mounted = container.volumeMounts.map(({ name }) => name);
    expect([...mounted].sort()).toEqual(pod.volumes.map(({ name }) => name).sort());
    expect(pod.volumes.find(({ name }) => name === 'config')?.['configMap']?.name).toBe(configMap.metadata.name);
    expect(pod.volumes.find(({ name }) => name === 'data')?.['persistentVolumeClaim']?.claimName).toBe(
      manifest('pvc').metadata.name
    );
  });

  it('is confined', () => {
    const [user] = instructionsOf(readStages().get('collector')!, 'USER');
    const [uid, gid] = user!.text.split(':').map(Number);
    expect(pod.securityContext).toMatchObject({
      ...{ runAsNonRoot: true, runAsUser: uid, runAsGroup: gid, fsGroup: gid },
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container.securityContext).toEqual({
      ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
      capabilities: { drop: ['ALL'] },
    });
  });

  it('runs the version in package.json', () => {
    const { version } = JSON.parse(projectText('package.json')) as { version: string };
    expect(container.image).toBe(`redis-vitals:${version}`);
  });
});

describe('who reaches the pod', () => {
  it('does so through the service, by its labels and its port', () => {
    expect(service.spec.selector).toEqual(labels);
    expect(service.spec.ports.map(({ targetPort }) => targetPort)).toEqual(container.ports.map(({ name }) => name));
  });

  it('is let in to that port alone', () => {
    const policy = manifest('networkpolicy') as NetworkPolicy;
    expect(policy.spec.podSelector).toEqual({ matchLabels: labels });
    expect(policy.spec.ingress.flatMap(({ ports }) => ports.map(({ port }) => port))).toEqual(['http']);
  });

  it('is, among others, the Prometheus Operator', () => {
    const monitor = manifest('servicemonitor') as ServiceMonitor;
    expect(monitor.spec.selector).toEqual({ matchLabels: service.metadata.labels });
    const [endpoint] = monitor.spec.endpoints;
    expect(endpoint!.port).toBe(service.spec.ports[0]!.name);
    const secret = pod.volumes.find(({ name }) => name === 'secrets')?.['secret']?.secretName;
    expect(endpoint!.authorization.credentials).toEqual({ name: secret, key: 'token' });
  });
});

describe('the configuration', () => {
  const directory = temporaryDirectory();
  const mountPath = (name: string) => container.volumeMounts.find((mount) => mount.name === name)!.mountPath;
  const [key, text] = Object.entries(configMap.data)[0]!;
  const here = text
    .replaceAll(`${mountPath('secrets')}/`, `${directory}/`)
    .replaceAll(`${mountPath('data')}/`, `${directory}/`);

  it('is the file the container is started with', () => {
    expect(container.args).toEqual(['--config', `${mountPath('config')}/${key}`]);
  });

  it('is good once the secret has its keys', async () => {
    const without = await runCollector({ configText: here, args: ['--check-config'] });
    expect(without.exit).toBe(2);
    for (const name of ['passwordFile', 'tokenFile']) expect(without.output).toContain(name);
    for (const name of ['password', 'token']) writeFileSync(join(directory, name), 'one-of-some-length\n');
    const { exit, output } = await runCollector({ configText: here, args: ['--check-config'] });
    expect([exit, output]).toEqual([0, expect.stringContaining('2 target(s)')]);
  });

  it('keeps the history in the claim', () => {
    expect(here).not.toContain('/var/lib');
    expect(text).toContain(`directory: ${mountPath('data')}/`);
  });
});
