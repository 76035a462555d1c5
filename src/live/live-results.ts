import type {
  ErrorAnswer,
  MetricQuery,
  Notice,
  QueryAnswer,
  QuerySuccess,
  StreamLine,
} from '../../server/api/contract';
import type { CollectorError } from '../client/collector-error';
import type { Lost } from './lasting-stream';
import { mergeAnswer } from './merge';

/** What there is of the queries of one panel, by their refIds. */
export interface LiveState {
  readonly results: Readonly<Record<string, QuerySuccess | ErrorAnswer | undefined>>;
  readonly notices: readonly Notice[];
  /** Why nothing comes at present. */
  readonly trouble?: CollectorError;
}

/** One query, whoever watches it. */
export interface Asked {
  readonly query: MetricQuery;
  watchers: number;
  answer?: QuerySuccess | ErrorAnswer;
}

/** What a stream has brought, and whether it goes on. */
export class LiveResults {
  private notices: readonly Notice[] = [];
  private trouble: CollectorError | undefined;

  constructor(private readonly lengthMs: number) {}

  /** By the refIds of a panel; nothing where there is nothing to show yet. */
  of(entries: ReadonlyArray<readonly [refId: string, asked: Asked]>): LiveState | undefined {
    const results = Object.fromEntries(entries.map(([refId, { answer }]) => [refId, answer]));
    const isThere = this.trouble !== undefined || entries.some(([, { answer }]) => answer !== undefined);
    return isThere ? { results, notices: this.notices, ...(this.trouble && { trouble: this.trouble }) } : undefined;
  }

  /** Takes a line of the connection that asks for these. */
  read(line: StreamLine | Lost, asked: readonly Asked[]): void {
    switch (line.type) {
      case 'history':
        this.absorb(asked, line.results, true);
        return;
      case 'data':
        this.absorb(asked, line.results, false);
        return;
      case 'notice':
        this.notices = [line.notice];
        return;
      case 'error':
        this.notices = [{ severity: 'warning', text: line.error.error }];
        return;
      case 'lost':
        this.trouble = line.error;
        this.notices = [lostNotice(line)];
        return;
      case 'heartbeat':
        return;
    }
  }

  private absorb(asked: readonly Asked[], results: QueryAnswer['results'], whole: boolean): void {
    this.trouble = undefined;
    this.notices = [];
    for (const one of asked) {
      const came = results[one.query.refId];
      if (came !== undefined) {
        one.answer = mergeAnswer(whole ? undefined : one.answer, came, this.lengthMs);
      }
    }
  }
}

function lostNotice({ error, retryMs }: Lost): Notice {
  const seconds = Math.max(1, Math.round(retryMs / 1000));
  return {
    severity: 'warning',
    text: `Live data has stopped, and what is shown is what came before; it is tried again in ${seconds} s. ${error.message}`,
  };
}
