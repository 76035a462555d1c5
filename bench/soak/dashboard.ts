/** What a dashboard of all targets asks for. */
export const OVERVIEW = {
  from: 'now-30m',
  to: 'now',
  maxDataPoints: 120,
  queries: [
    { refId: 'A', fields: ['used_memory'] },
    { refId: 'B', fields: ['total_commands_processed'] },
    { refId: 'C', section: 'Derived', fields: ['hit_ratio'] },
    { refId: 'D', fields: ['connected_clients'], aggregate: { op: 'sum' } },
    { refId: 'E', section: 'Derived', fields: ['ops_per_second'], topK: 10 },
  ],
};

export const STREAM = {
  from: 'now-5m',
  step: '10s',
  queries: [{ refId: 'A', fields: ['connected_clients'], aggregate: { op: 'sum' } }],
};

/** Bodies of tables and events, asked for in turn. */
export const OTHERS: readonly (readonly [path: string, body: object])[] = [
  ['/api/v1/table', { table: 'targets' }],
  ['/api/v1/table', { table: 'commands' }],
  ['/api/v1/events', { from: 'now-1h', to: 'now' }],
  ['/api/v1/table', { table: 'slowlog', from: 'now-1h' }],
];

/** Pages, asked for in turn. */
export const PAGES = ['/', '/api/v1/status', '/api/v1/catalog', '/sd'];
