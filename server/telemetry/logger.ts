import { pino, stdTimeFunctions, type DestinationStream, type LevelWithSilent, type Logger } from 'pino';

const HIDDEN = '<secret>';

/** Keys whose values nobody may read, at the top of a log line and two levels down. */
const SECRET_KEYS = ['password', 'token', 'authorization', 'secret', 'passphrase', 'requirepass', 'masterauth'];
const SECRET_PATHS = SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);

/** User and password in a URL, wherever in a line of JSON it stands; hiding more than these does no harm. */
const URL_CREDENTIALS = /(:\/\/)(?:[^\s"\\]|\\.)*@/g;

export interface LoggerOptions {
  readonly level: LevelWithSilent;
  /** Absent: standard output. */
  readonly destination?: DestinationStream;
}

/** One JSON object per line. Values under the names of secrets and credentials in URLs are hidden. */
export function createLogger({ level, destination }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRET_PATHS, censor: HIDDEN },
      hooks: { streamWrite: (line) => line.replace(URL_CREDENTIALS, `$1${HIDDEN}@`) },
    },
    ...(destination ? [destination] : [])
  );
}

/** A logger whose lines name their target. */
export function targetLogger(log: Logger, target: string): Logger {
  return log.child({ target });
}
