import { firstValueFrom, type Observable } from 'rxjs';
import type { CatalogAnswer } from '../../server/api/contract';

const KEPT_MS = 30_000;

/** One catalogue for all panels and editors of a data source. */
export class CatalogCache {
  /** The last that came, however old; what has to be known at once is read from it. */
  latest: CatalogAnswer | undefined;
  private answer: Promise<CatalogAnswer> | undefined;
  private askedMs = 0;

  constructor(
    private readonly ask: () => Observable<CatalogAnswer>,
    private readonly now: () => number = Date.now
  ) {}

  /** A failure is not kept. */
  get(): Promise<CatalogAnswer> {
    if (this.answer !== undefined && this.now() - this.askedMs < KEPT_MS) {
      return this.answer;
    }
    const answer = firstValueFrom(this.ask());
    this.answer = answer;
    this.askedMs = this.now();
    answer.then(
      (catalog) => {
        this.latest = catalog;
      },
      () => {
        if (this.answer === answer) {
          this.answer = undefined;
        }
      }
    );
    return answer;
  }
}
