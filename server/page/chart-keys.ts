/** What keys do to a chart. */
export interface ChartKeys {
  /** The point the cursor is on; null: on none. */
  readonly index: () => number | null;
  readonly last: () => number;
  readonly moveTo: (index: number) => void;
  /** Makes the time that is shown so many times as long. */
  readonly zoom: (factor: number) => void;
  readonly leave: () => void;
}

export const KEYS_HINT = 'Arrow keys go through the values, plus and minus zoom, Escape ends it.';
/** With Shift. */
const JUMP = 10;
const ZOOM = 2;

export function listenToKeys(node: HTMLElement, keys: ChartKeys): void {
  node.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = actionOf(event, keys);
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
}

function actionOf({ key, shiftKey }: KeyboardEvent, keys: ChartKeys): (() => void) | undefined {
  const last = keys.last();
  const from = keys.index() ?? last + 1;
  const jump = shiftKey ? JUMP : 1;
  switch (key) {
    case 'ArrowLeft':
      return () => keys.moveTo(Math.max(0, from - jump));
    case 'ArrowRight':
      return () => keys.moveTo(Math.min(last, from + jump));
    case 'Home':
      return () => keys.moveTo(0);
    case 'End':
      return () => keys.moveTo(last);
    case '+':
    case '=':
      return () => keys.zoom(1 / ZOOM);
    case '-':
      return () => keys.zoom(ZOOM);
    case 'Escape':
      return keys.leave;
    default:
      return undefined;
  }
}
