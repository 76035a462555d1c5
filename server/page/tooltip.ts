import type { ValueUnit } from '../api/contract.ts';
import type { CursorPlace } from './chart.ts';
import { element } from './dom.ts';
import { formatTime, formatValue } from './format.ts';
import { swatch } from './legend.ts';
import type { LineStyle } from './palette.ts';

export interface TooltipLine {
  readonly name: string;
  readonly style: LineStyle | undefined;
  readonly value: number | null | undefined;
}

const GAP_PX = 12;

/** What is under the pointer: the time, the values of all lines there, greatest first, and what happened then. */
export class Tooltip {
  readonly node = element('div', { class: 'tip', 'aria-hidden': 'true', hidden: true });

  show(timeMs: number, nowMs: number, lines: readonly TooltipLine[], unit: ValueUnit, place: CursorPlace): void {
    const sorted = [...lines].sort((a, b) => (b.value ?? -Infinity) - (a.value ?? -Infinity) || 0);
    const rows = sorted.map(({ name, style, value }) =>
      element('li', {}, swatch(style), element('span', {}, name), element('b', {}, formatValue(value, unit)))
    );
    const events = (place.mark?.text.split('\n') ?? []).map((text) =>
      element('p', { class: place.mark?.severity }, text)
    );
    this.node.replaceChildren(element('time', {}, formatTime(timeMs, nowMs)), ...events, element('ul', {}, ...rows));
    this.node.hidden = false;
    const isRight = place.left > place.width / 2;
    this.node.style.left = isRight ? 'auto' : `${place.left + GAP_PX}px`;
    this.node.style.right = isRight ? `${place.width - place.left + GAP_PX}px` : 'auto';
  }

  hide(): void {
    this.node.hidden = true;
  }
}
