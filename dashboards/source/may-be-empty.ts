/** Queries of dashboards that may find nothing in the demo, and why: file, panel, query. */
export const MAY_BE_EMPTY: Readonly<Record<string, string>> = {
  'clients.json Subscribers A': 'counted since Redis 7.4',
  'clients.json Subscribers B': 'counted since Redis 7.4',
  'clients.json Turned away and thrown out B': 'counted since Redis 7.4',
  'clients.json Turned away and thrown out C': 'counted since Redis 7.4',
  'hits.json Hit ratio B': 'there was no demo a day before',
  'memory.json Refused A': 'the demo evicts, so that nothing is refused',
  'memory.json Now and a week before B': 'there was no demo a week before',
  'persistence.json Load in progress A': 'no server loads its data so long that a poll sees it',
  'replication.json Synchronisation in progress A': 'a full synchronisation is over before a poll sees it',
};
