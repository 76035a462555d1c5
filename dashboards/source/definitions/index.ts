import type { DashboardDefinition } from '../model';
import { clients } from './clients';
import { cluster } from './cluster';
import { commands } from './commands';
import { fleet } from './fleet';
import { hits } from './hits';
import { memory } from './memory';
import { persistence } from './persistence';
import { replication } from './replication';
import { sentinel } from './sentinel';

/** All dashboards, in the order in which people look. */
export const DEFINITIONS: readonly DashboardDefinition[] = [
  fleet,
  memory,
  clients,
  hits,
  replication,
  commands,
  persistence,
  cluster,
  sentinel,
];
