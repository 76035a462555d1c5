import { morph } from './morph.ts';
import { pause } from './pause.ts';

export interface RefreshProblem {
  readonly text: string;
  /** Nobody answers. */
  readonly isGone: boolean;
}

export interface PageRefreshOptions {
  /** Undefined: it has worked. */
  readonly onOutcome: (problem: RefreshProblem | undefined) => void;
  /** The parts are new. */
  readonly onNews: () => void;
}

export const EVERY_MS = 5_000;
/** A page that takes long to make or to show is fetched less often: the rest is so many times as long. */
const REST = 8;
const ANSWER_WITHIN_MS = 20_000;
/** Parts of the page that are exchanged, by id. */
const PARTS = ['health', 'details'];
/** What holds the charts: where it has come, gone, or changed, the page begins anew. */
const FRAME = 'live';

/**
 * Keeps what the collector wrote into the page as it is now, without loading the page anew, until it is aborted.
 * `firstMs`: how long what is there is new enough.
 */
export async function keepPageFresh(
  { onOutcome, onNews }: PageRefreshOptions,
  firstMs: number,
  signal: AbortSignal
): Promise<void> {
  const isOver = () => signal.aborted;
  await pause(firstMs, signal);
  while (!isOver()) {
    const startedMs = performance.now();
    const problem = await refresh(signal);
    if (isOver()) return;
    onOutcome(problem);
    if (problem === undefined) onNews();
    await pause(Math.max(EVERY_MS, REST * (performance.now() - startedMs)), signal);
  }
}

async function refresh(signal: AbortSignal): Promise<RefreshProblem | undefined> {
  const url = new URL(location.href);
  url.username = url.password = url.hash = '';
  try {
    const within = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
    const response = await fetch(url, { headers: { Accept: 'text/html' }, signal: within });
    if (response.status === 404) return { text: 'This target is not configured any more.', isGone: false };
    if (!response.ok)
      return { text: `The page cannot be read: ${response.status} ${response.statusText}`, isGone: false };
    exchange(new DOMParser().parseFromString(await response.text(), 'text/html'));
    return undefined;
  } catch {
    return { text: 'The collector does not answer.', isGone: true };
  }
}

function exchange(page: Document): void {
  const frame = (from: Document) => JSON.stringify(from.getElementById(FRAME)?.dataset ?? null);
  if (frame(page) !== frame(document)) {
    location.reload();
    return;
  }
  for (const id of PARTS) {
    const [present, wanted] = [document.getElementById(id), page.getElementById(id)];
    if (present !== null && wanted !== null) morph(present, wanted);
  }
  if (document.title !== page.title) document.title = page.title;
}
