import type { ToThread } from './protocol';

/** What is told once only. */
type LogMessage = Extract<ToThread, { readonly type: 'entries' | 'events' }>;

/** Entries and events for a thread that is not there yet, up to so many; the oldest go first. */
export class KeptMessages {
  private readonly most: number;
  private messages: LogMessage[] = [];
  private items = 0;
  private lost = 0;

  constructor(most = 10_000) {
    this.most = most;
  }

  /** False: the message is another one, and not kept. */
  add(message: ToThread): boolean {
    if (message.type !== 'entries' && message.type !== 'events') return false;
    this.messages.push(message);
    this.items += countItems(message);
    while (this.items > this.most) this.loseOldest();
    return true;
  }

  /** All of them, in order, and how many entries and events had to go; then it is empty. */
  take(): { readonly messages: readonly ToThread[]; readonly lost: number } {
    const taken = { messages: this.messages, lost: this.lost };
    this.messages = [];
    this.items = this.lost = 0;
    return taken;
  }

  private loseOldest(): void {
    const [oldest, ...others] = this.messages;
    const count = oldest === undefined ? 0 : countItems(oldest);
    this.messages = others;
    this.items -= count;
    this.lost += count;
  }
}

function countItems(message: LogMessage): number {
  return message.type === 'entries' ? message.entries.length : message.events.length;
}
