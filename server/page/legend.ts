import type { ValueUnit } from '../api/contract.ts';
import { element, setText } from './dom.ts';
import { formatValue } from './format.ts';
import type { LineStyle } from './palette.ts';

interface Item {
  readonly node: HTMLLIElement;
  readonly value: HTMLElement;
}

/** The lines of a chart by name, with their latest values, or those under the cursor. */
export class Legend {
  readonly node = element('ul', { class: 'legend' });
  private readonly onPoint: (index: number | null) => void;
  private items: Item[] = [];
  private lines = '';

  /** `onPoint`: somebody points at a line's name; null: at none any more. */
  constructor(onPoint: (index: number | null) => void) {
    this.onPoint = onPoint;
  }

  show(names: readonly string[], styles: readonly LineStyle[]): void {
    const lines = JSON.stringify([names, styles]);
    if (lines === this.lines) return;
    this.lines = lines;
    this.items = names.map((name, index) => this.item(name, index, styles[index]));
    this.node.replaceChildren(...this.items.map(({ node }) => node));
  }

  setValues(values: readonly (number | null | undefined)[], unit: ValueUnit): void {
    this.items.forEach(({ value }, index) => setText(value, formatValue(values[index], unit)));
  }

  private item(name: string, index: number, style: LineStyle | undefined): Item {
    const value = element('b');
    const node = element('li', {}, swatch(style), element('span', { class: 'line' }, name), ' ', value);
    node.addEventListener('pointerenter', () => this.onPoint(index));
    node.addEventListener('pointerleave', () => this.onPoint(null));
    return { node, value };
  }
}

/** A piece of the line; for the eyes only. */
export function swatch(style: LineStyle | undefined): HTMLElement {
  const node = element('i', { class: style?.dash.length ? 'swatch dashed' : 'swatch', 'aria-hidden': 'true' });
  node.style.setProperty('--on-light', style?.light ?? '');
  node.style.setProperty('--on-dark', style?.dark ?? '');
  return node;
}
