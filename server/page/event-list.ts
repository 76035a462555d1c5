import type { EventAnswer } from '../api/contract.ts';
import { element } from './dom.ts';
import { formatTime } from './format.ts';
import { targetLink, timeElement } from './target-link.ts';

/** Where it stands, and whether it says which target something happened to. */
export interface ListSurroundings {
  readonly root: string;
  readonly isOneTarget: boolean;
}

const MOST = 100;

/** What happened, newest first. */
export class EventList {
  private readonly around: ListSurroundings;
  private readonly list = element('ol', { class: 'events' });
  private readonly message = element('p', { class: 'message' }, 'Loading…');
  readonly node = element(
    'section',
    { class: 'card side', 'aria-labelledby': 'what-happened' },
    ...[element('header', {}, element('h2', { id: 'what-happened' }, 'What happened')), this.message],
    element('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'What happened' }, this.list)
  );
  private shown = '';

  constructor(around: ListSurroundings) {
    this.around = around;
  }

  show(events: readonly EventAnswer[], nowMs: number): void {
    const newest = events.toReversed().slice(0, MOST);
    const shown = JSON.stringify([new Date(nowMs).toDateString(), newest.map(({ id }) => id)]);
    if (newest.length === 0) {
      this.say('Nothing of note in this time: no restart, no failover, no lost link.');
      return;
    }
    this.message.hidden = true;
    if (shown === this.shown) return;
    this.shown = shown;
    this.list.replaceChildren(...newest.map((event) => this.item(event, nowMs)));
  }

  say(text: string): void {
    this.shown = '';
    this.list.replaceChildren();
    this.message.hidden = false;
    this.message.textContent = text;
  }

  private item({ timeMs, severity, target, text }: EventAnswer, nowMs: number): HTMLLIElement {
    const parts: (Node | string)[] = [timeElement(timeMs, formatTime(timeMs, nowMs)), ' '];
    if (!this.around.isOneTarget) parts.push(targetLink(this.around.root, target), ' ');
    return element('li', {}, ...parts, element('span', { class: severity }, text));
  }
}
