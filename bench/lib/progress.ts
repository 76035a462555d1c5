/** Tells on a terminal how far something long has come. */
export class Progress {
  private readonly what: string;
  private shown = -1;

  constructor(what: string) {
    this.what = what;
  }

  /** `share` is from 0 to 1. */
  show(share: number): void {
    const percent = Math.floor(share * 100);
    if (percent === this.shown || !process.stderr.isTTY) return;
    this.shown = percent;
    process.stderr.write(`\r${this.what}: ${percent} %\r`);
  }
}
