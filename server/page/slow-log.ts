import { element } from './dom.ts';
import type { ListSurroundings } from './event-list.ts';
import { formatTime, formatValue } from './format.ts';
import type { SlowRow } from './slow-rows.ts';
import { targetLink, timeElement } from './target-link.ts';

/** Rows that are asked for. */
export const SLOW_ROWS = 50;

/** The newest slow commands. */
export class SlowLog {
  private readonly around: ListSurroundings;
  private readonly message = element('p', { class: 'message' }, 'Loading…');
  private readonly body = element('tbody');
  private readonly table: HTMLTableElement;
  readonly node: HTMLElement;
  private shown = '';

  constructor(around: ListSurroundings) {
    this.around = around;
    const titles = ['When', ...(around.isOneTarget ? [] : ['Target']), 'Took', 'Command', 'Client'];
    const head = element('tr', {}, ...titles.map((title) => element('th', { scope: 'col' }, title)));
    this.table = element('table', { 'aria-labelledby': 'slow-log' }, element('thead', {}, head), this.body);
    this.node = element(
      'section',
      { class: 'card side', 'aria-labelledby': 'slow-log' },
      ...[element('header', {}, element('h2', { id: 'slow-log' }, 'Slow log')), this.message],
      element('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Slow log' }, this.table)
    );
  }

  show(rows: readonly SlowRow[], nowMs: number): void {
    if (rows.length === 0) {
      this.say('No slow command in this time.');
      return;
    }
    const shown = JSON.stringify([new Date(nowMs).toDateString(), rows]);
    this.message.hidden = true;
    this.table.hidden = false;
    if (shown === this.shown) return;
    this.shown = shown;
    this.body.replaceChildren(...rows.map((row) => this.row(row, nowMs)));
  }

  say(text: string): void {
    this.shown = '';
    this.table.hidden = true;
    this.message.hidden = false;
    this.message.textContent = text;
  }

  private row({ instance, timeMs, tookMicroseconds, sizeBytes, text, client }: SlowRow, nowMs: number) {
    const took =
      tookMicroseconds === undefined ? formatValue(sizeBytes, 'bytes') : formatValue(tookMicroseconds, 'microseconds');
    return element(
      'tr',
      {},
      element('td', {}, timeElement(timeMs, formatTime(timeMs, nowMs))),
      ...(this.around.isOneTarget ? [] : [element('td', {}, targetLink(this.around.root, instance))]),
      element('td', {}, took),
      element('td', {}, element('code', { title: text }, text)),
      element('td', { class: 'muted' }, client)
    );
  }
}
