import type { EventKind, EventSeverity } from '../api/contract';
import type { StoredEvent } from '../history/interfaces';

/** An event that is not stored yet. */
export interface NewEvent extends Omit<StoredEvent, 'id'> {
  readonly kind: EventKind;
  readonly severity: EventSeverity;
}

/** What a rule says of an event; target and time are filled in. */
export type Draft = Omit<NewEvent, 'target' | 'timeMs'>;
