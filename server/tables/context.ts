import type { Notice, QueryAnswer, QueryRequest, TableRequest } from '../api/contract';
import type { LogEntry, Selection } from '../history/interfaces';
import type { Targets, TargetStatus } from '../poll/interfaces';
import type { Draft } from './draft';

/** What tables are made from. */
export interface TableParts {
  readonly targets: Targets;
  /** Instant queries of the history; undefined: there is none. */
  readonly query: ((request: QueryRequest) => Promise<QueryAnswer>) | undefined;
  /** Entries of the slow log that were kept, oldest first; undefined: there is no history. */
  readonly entries: ((selection: Selection) => Promise<readonly LogEntry[]>) | undefined;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** One request for a table. */
export interface TableContext extends TableParts {
  readonly request: TableRequest;
  /** The targets that are meant, in the order of the configuration. */
  readonly chosen: readonly TargetStatus[];
  /** Most rows. */
  readonly limit: number;
  readonly nowMs: number;
  /** Of the request; undefined where it does not say. */
  readonly fromMs: number | undefined;
  readonly toMs: number | undefined;
  /** Tells the reader something besides the table. */
  readonly note: (severity: Notice['severity'], text: string) => void;
}

export type TableMaker = (context: TableContext) => Draft | Promise<Draft>;
