import { ConfigError } from '../errors';
import { type Config, DEFAULTS, isOpenToAnyone } from './config';
import { type Context, type Env, type ReadFile, type TryDirectory, tryRead } from './context';
import { draftsOfFile, draftsOfUrls, reportSameNames } from './drafts';
import { type Environment, readEnvironment } from './environment';
import { type CommandLine, urlPath } from './flags';
import { chooseHistory } from './history';
import type { Listen } from './listen';
import { listProblems } from './problems';
import type { File, FileFormat } from './file-format';
import type { Report } from './read';
import { checkSettings } from './settings';
import { completeTarget } from './targets';
import { asksForCredentials, checkWeb } from './web';
import type { YamlFile } from './yaml-file';

export interface ConfigInputs {
  readonly commandLine: CommandLine;
  readonly env: Env;
  readonly readFile: ReadFile;
  readonly tryDirectory: TryDirectory;
  /** Needed when the command line names a file. */
  readonly fileFormat?: FileFormat | undefined;
  /** Names that `collectors` may switch. */
  readonly knownCollectors: readonly string[];
  /** Label names of our own metrics, which targets may not have. */
  readonly reservedLabels: ReadonlySet<string>;
}

const NO_FILE: YamlFile = { data: undefined, problems: [], offsetOf: () => undefined, position: () => '' };

const LISTEN_VARIABLE = 'REDIS_EXPORTER_WEB_LISTEN_ADDRESS';
const EXPOSED =
  'other machines could read the metrics without credentials: set web.basicAuthUsers or web.bearerTokens, ' +
  'or allow it with web.allowUnauthenticated: true or --allow-unauthenticated';
const TARGETS_TWICE = 'gives a target, and the file has targets, too: keep one of them';

/**
 * The effective configuration: options win over the environment, this over the file, this over the defaults. Reads
 * the configuration file and every file it names. Throws a ConfigError with all problems there are.
 */
export function loadConfig(inputs: ConfigInputs): Config {
  const { commandLine, fileFormat } = inputs;
  const environment = readEnvironment(inputs.env);
  const text = commandLine.configFile === undefined ? { value: '' } : tryRead(commandLine.configFile, inputs.readFile);
  const yaml = fileFormat?.parse('value' in text ? text.value : '') ?? NO_FILE;
  const { report, sorted } = listProblems(commandLine.configFile ?? '', yaml);
  if ('problem' in text) report(['--config'], text.problem);

  const isGood = 'value' in text && yaml.problems.length === 0;
  const read = fileFormat?.read ?? (() => ({}));
  const file = isGood ? read(yaml.data ?? {}, report) : undefined;
  const config = file && assemble(file, environment, { ...inputs, report });
  const problems = [...commandLine.problems, ...environment.problems, ...sorted()];
  if (config === undefined || problems.length > 0) throw new ConfigError(problems);
  return config;
}

function assemble(file: File, environment: Environment, inputs: ConfigInputs & { readonly report: Report }): Config {
  const { commandLine, report } = inputs;
  const context = { ...inputs, configFile: commandLine.configFile ?? '' };
  const [listen, listenPath] = chooseListen(commandLine, environment, file);
  const config: Config = {
    listen,
    namespace: environment.namespace ?? file.namespace ?? DEFAULTS.namespace,
    ...assembleTargets(file, environment, commandLine, context),
    scrape: {
      maxAgeMs: file.scrape?.maxAge ?? DEFAULTS.maxAgeMs,
      allow: (file.scrape?.allow ?? []).filter((pattern) => pattern !== undefined),
    },
    web: {
      // To name an address in redis_exporter's own variable is to ask for what redis_exporter does with it.
      allowUnauthenticated:
        commandLine.allowUnauthenticated || (file.web?.allowUnauthenticated ?? listenPath === LISTEN_VARIABLE),
      ...checkWeb(file.web ?? {}, context),
    },
    history: chooseHistory(file.history ?? {}, commandLine, context),
    slowlog: { arguments: file.slowlog?.arguments ?? DEFAULTS.slowlogArguments },
    log: { level: commandLine.logLevel ?? file.log?.level ?? DEFAULTS.logLevel },
  };
  if (isOpenToAnyone(config) && !config.web.allowUnauthenticated && !asksForCredentials(file.web ?? {})) {
    report([listenPath], EXPOSED);
  }
  return config;
}

/** Where to listen, and what says so. */
function chooseListen(commandLine: CommandLine, environment: Environment, file: File): readonly [Listen, string] {
  if (commandLine.listen !== undefined) return [commandLine.listen, '--listen'];
  if (environment.listen !== undefined) return [environment.listen, LISTEN_VARIABLE];
  return [file.listen ?? DEFAULTS.listen, 'listen'];
}

function assembleTargets(
  file: File,
  environment: Environment,
  commandLine: CommandLine,
  context: Context
): Pick<Config, 'targets' | 'singleTarget'> {
  const { report } = context;
  const isOfFile = 'targets' in file;
  const common = { flags: commandLine, defaults: checkSettings(file.defaults ?? {}, ['defaults'], context) };
  if (isOfFile && commandLine.urls.length > 0) report([urlPath(0)], TARGETS_TWICE);
  if (isOfFile && environment.url !== undefined) report(['REDIS_ADDR'], TARGETS_TWICE);
  const drafts = isOfFile ? draftsOfFile(file.targets, context) : draftsOfUrls(commandLine, environment, context);
  reportSameNames(drafts, report);
  return {
    targets: drafts.map((draft) => completeTarget(draft, common, report)),
    singleTarget: !isOfFile && drafts.length === 1,
  };
}
