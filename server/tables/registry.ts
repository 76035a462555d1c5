import type { TableName } from '../api/contract';
import { clients } from './clients';
import { cluster } from './cluster';
import { commands } from './commands';
import { config } from './config';
import type { TableMaker } from './context';
import { info } from './info';
import { keyspace } from './keyspace';
import { replication } from './replication';
import { slowlog } from './slowlog';
import { targets } from './targets';

/** All tables there are. */
export const TABLES: Readonly<Record<TableName, TableMaker>> = {
  info,
  slowlog,
  clients,
  keyspace,
  commands,
  replication,
  cluster,
  targets,
  config,
};
