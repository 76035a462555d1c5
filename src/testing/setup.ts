/** Text is measured on a canvas, which jsdom does not have. */
HTMLCanvasElement.prototype.getContext = (() => ({
  measureText: (text: string) => ({ width: 8 * text.length }),
})) as unknown as typeof HTMLCanvasElement.prototype.getContext;
