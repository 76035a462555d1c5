import { element } from './dom.ts';

/** A link to the page of a target. `root`: relative way to `/`. */
export function targetLink(root: string, name: string): HTMLAnchorElement {
  return element('a', { href: `${root}targets/${encodeURIComponent(name)}` }, name);
}

/** A moment by the clock of the reader; pointing at it shows it in full. */
export function timeElement(timeMs: number, text: string): HTMLTimeElement {
  const iso = new Date(timeMs).toISOString();
  return element('time', { datetime: iso, title: iso }, text);
}
