import type { FailureCode } from './model/poll-result';

/** A poll that got no answer from its target; `code` says which of the known reasons. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** One mistake in the configuration: where it stands (`targets[1].interval`, `--listen`, `REDIS_ADDR`) and what to do. */
export interface ConfigProblem {
  readonly path: string;
  readonly message: string;
}

/** A configuration that is refused, with all its problems. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'config';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map(({ path, message }) => `${path}: ${message}`).join('\n'));
    this.problems = problems;
  }
}

/** A request that is answered with an error of its own status. `errorType` is Prometheus' word for its kind. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly code = 'http';
  readonly status: number;
  readonly errorType: string;

  constructor(status: number, errorType: string, message: string) {
    super(message);
    this.status = status;
    this.errorType = errorType;
  }
}
