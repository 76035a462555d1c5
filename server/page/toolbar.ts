import { element, setText } from './dom.ts';
import { RANGES, type View } from './view.ts';

export interface ToolbarActions {
  readonly onRange: (rangeMs: number) => void;
  /** Stop, or go on. */
  readonly onPause: () => void;
}

export type Tone = 'good' | 'waiting' | 'bad' | 'still';

/** The choice of time, a button that stops and starts the charts, and how things are. */
export class Toolbar {
  readonly node: HTMLElement;
  private readonly radios: readonly HTMLInputElement[];
  private readonly button = element('button', { type: 'button' }, 'Pause');
  private readonly state = element('p', { class: 'feed', role: 'status' });

  constructor({ onRange, onPause }: ToolbarActions) {
    this.radios = RANGES.map(({ ms, title }) => {
      const radio = element('input', { type: 'radio', name: 'range', value: ms, 'aria-label': title });
      radio.addEventListener('change', () => onRange(ms));
      return radio;
    });
    const choices = RANGES.map(({ name }, index) => element('label', {}, this.radios[index] ?? '', name));
    const ranges = element(
      'fieldset',
      { class: 'ranges' },
      element('legend', { class: 'unseen' }, 'Time shown'),
      ...choices
    );
    this.button.addEventListener('click', onPause);
    this.node = element('div', { class: 'tools' }, ranges, this.button, this.state);
  }

  showView(view: View): void {
    for (const radio of this.radios) radio.checked = view.kind !== 'zoomed' && Number(radio.value) === view.rangeMs;
    setText(this.button, view.kind === 'live' ? 'Pause' : view.kind === 'paused' ? 'Go on' : 'Back to live');
  }

  showState(text: string, tone: Tone): void {
    this.state.className = `feed ${tone}`;
    setText(this.state, text);
  }
}
