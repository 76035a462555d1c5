import { join } from 'node:path';
import { instructionsOf, parseDockerfile, type Stage } from './dockerfile';
import { projectText, projectYaml } from './project-files';

/** As much of a service as our file says. */
export interface ComposeService {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string; readonly target: string };
  readonly pull_policy?: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly restart?: string;
  readonly read_only?: boolean;
  readonly user?: string;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

export interface Mount {
  /** Name of a volume, or a path below the root of the checkout. */
  readonly source: string;
  readonly isVolume: boolean;
  /** Path in the container. */
  readonly target: string;
  readonly options: string | undefined;
}

export function readCompose(): ComposeFile {
  // Safe: our own file, and the tests look at what they use of it.
  return projectYaml('docker-compose.yml')[0] as ComposeFile;
}

export function readStages(): ReadonlyMap<string, Stage> {
  return new Map(parseDockerfile(projectText('deploy/Dockerfile')).map((stage) => [stage.name, stage]));
}

export function mountsOf({ volumes = [] }: ComposeService): readonly Mount[] {
  return volumes.map((volume) => {
    const [source = '', target = '', options] = volume.split(':');
    const isVolume = !source.startsWith('.');
    return { source: isVolume ? source : join(source), isVolume, target, options };
  });
}

/** The command that tells of its health: its own, else that of the image we build. Undefined: none. */
export function healthcheckOf(
  { build, healthcheck }: ComposeService,
  stages: ReadonlyMap<string, Stage>
): readonly string[] | undefined {
  if (healthcheck?.disable === true) return undefined;
  if (healthcheck?.test !== undefined) return healthcheck.test;
  const stage = build && stages.get(build.target);
  return stage && instructionsOf(stage, 'HEALTHCHECK')[0]?.words;
}
