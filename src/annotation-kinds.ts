import type { EventKind } from '../server/api/contract';

/** Events that explain a graph at a glance: what annotations show until somebody chooses others. */
export const ANNOTATION_KINDS: EventKind[] = [
  'restart',
  'failover',
  'role_changed',
  'link_lost',
  'link_restored',
  'target_down',
  'target_up',
  'save_failed',
  'aof_failed',
];
