import type {
  ErrorAnswer,
  EventsAnswer,
  EventsRequest,
  QueryAnswer,
  QueryRequest,
  StatusAnswer,
  StreamLine,
  StreamRequest,
  TableAnswer,
  TableRequest,
} from './contract';

const queryRequest: QueryRequest = {
  from: 'now-1h',
  to: 'now',
  step: '1m',
  queries: [
    { refId: 'A', section: 'Memory', fields: ['used_memory'], targets: { roles: ['master'] } },
    { refId: 'B', section: 'Derived', fields: ['latency_per_command'], topK: 5 },
  ],
};

const queryAnswer: QueryAnswer = {
  status: 'success',
  results: {
    A: {
      status: 'success',
      times: [1767225600000, 1767225660000, 1767225720000],
      stepMs: 60_000,
      series: [
        {
          field: 'used_memory',
          metric: 'redis_memory_used_bytes',
          displayName: 'Used memory',
          unit: 'bytes',
          function: 'avg',
          labels: { instance: 'cache-1' },
          values: [1048576, null, 1064960],
        },
      ],
      notices: [],
    },
    B: { status: 'error', errorType: 'bad_data', error: 'there is no field `latency_by_command`' },
  },
};

const streamRequest: StreamRequest = {
  from: 'now-15m',
  step: '10s',
  queries: [{ refId: 'A', fields: ['ops_per_second'], aggregate: { op: 'sum' } }],
};

const streamLine: StreamLine = { type: 'data', results: queryAnswer.results };

const tableRequest: TableRequest = { table: 'clients', targets: { names: ['cache-1'] }, groupBy: 'library' };

const tableAnswer: TableAnswer = {
  status: 'success',
  columns: [
    { name: 'instance', title: 'Instance', type: 'string', values: ['cache-1', 'cache-1'] },
    { name: 'library', title: 'Library', type: 'string', values: ['redis-py 5.0.1', 'ioredis'] },
    { name: 'clients', title: 'Clients', type: 'number', values: [12, 3] },
  ],
  notices: [{ severity: 'warning', text: 'cache-2 could not be asked: connection refused.' }],
};

const eventsRequest: EventsRequest = { from: 'now-1d', to: 'now', severities: ['warning', 'critical'] };

const eventsAnswer: EventsAnswer = {
  status: 'success',
  events: [
    {
      id: 7,
      timeMs: 1767225660000,
      startMs: 1767225600000,
      target: 'cache-2',
      kind: 'link_restored',
      severity: 'info',
      text: 'The link to the master 10.0.0.1:6379 is back after 1m.',
      details: { master: '10.0.0.1:6379' },
    },
  ],
  notices: [],
};

const statusAnswer: StatusAnswer = {
  status: 'success',
  version: '0.1.0',
  startedMs: 1767225600000,
  targets: { up: 2, down: 0, waiting: 0 },
  history: {
    state: 'ok',
    directory: '/var/lib/redis-vitals',
    retentionMs: 1_296_000_000,
    diskBytes: 5_242_880,
    series: 640,
    samplesStored: 5_529_600,
    samplesRefused: {},
    pendingSamples: 0,
    oldestMs: 1766000000000,
  },
};

const errorAnswer: ErrorAnswer = {
  status: 'error',
  errorType: 'bad_data',
  error: 'from is later than to: exchange them',
};

/** Of requests and answers, by the name of their type. */
export const EXAMPLES: Readonly<Record<string, unknown>> = {
  QueryRequest: queryRequest,
  QueryAnswer: queryAnswer,
  StreamRequest: streamRequest,
  StreamLine: streamLine,
  TableRequest: tableRequest,
  TableAnswer: tableAnswer,
  EventsRequest: eventsRequest,
  EventsAnswer: eventsAnswer,
  StatusAnswer: statusAnswer,
  ErrorAnswer: errorAnswer,
};
