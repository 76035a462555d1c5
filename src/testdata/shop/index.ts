/** Answers of a real collector, see README.md. */
import type { CatalogAnswer, EventsAnswer, QueryAnswer, QuerySuccess, TableAnswer } from '../../../server/api/contract';
import catalogJson from './catalog.json';
import eventsJson from './events.json';
import queryJson from './query.json';
import clientsByAddress from './table-clients-by-address.json';
import clients from './table-clients.json';
import cluster from './table-cluster.json';
import commands from './table-commands.json';
import config from './table-config.json';
import info from './table-info.json';
import keyspace from './table-keyspace.json';
import linkDown from './table-replication-link-down.json';
import replication from './table-replication.json';
import slowlog from './table-slowlog.json';
import targets from './table-targets.json';

// Safe: the collector answered so; of a text TypeScript does not know which of the words it is.
export const catalog = catalogJson as unknown as CatalogAnswer;
export const events = eventsJson as unknown as EventsAnswer;
const { results } = queryJson as unknown as QueryAnswer;
const recorded = { info, slowlog, clients, keyspace, commands, replication, cluster, targets, config };
export const tables = recorded as unknown as Readonly<Record<keyof typeof recorded, TableAnswer>>;
export const clientsByAddressTable = clientsByAddress as unknown as TableAnswer;
/** `shop-replica-2` wants to replicate a server that is not there. */
export const linkDownTable = linkDown as unknown as TableAnswer;

/** The answer to one of the queries that README.md lists. */
export function answerTo(refId: string): QuerySuccess {
  const answer = results[refId];
  if (answer?.status !== 'success') {
    throw new Error(`there is no answer ${refId}`);
  }
  return answer;
}
