/** jsdom lays nothing out: lists that draw only what is seen would draw nothing. */
export function giveElementsSize(): void {
  const size = { configurable: true, get: () => 400 };
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', size);
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', size);
}
