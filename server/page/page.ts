import { ApiClient } from './api-client.ts';
import { setText } from './dom.ts';
import { LivePage } from './live-page.ts';
import { EVERY_MS, keepPageFresh } from './page-refresh.ts';
import type { PageTargets } from './shown-targets.ts';

/** Starts what moves on the page; what the collector wrote into it says what that is. */
function start(): void {
  const place = document.getElementById('live');
  const live = place === null || place.dataset['charts'] !== 'on' ? undefined : startLive(place);
  const outcome = document.getElementById('outcome');
  let refreshing = new AbortController();
  const begin = (firstMs: number) => {
    refreshing = new AbortController();
    live?.start();
    void keepPageFresh(
      {
        onOutcome: (problem) => {
          const isTold = problem?.isGone === true && live?.isLive === true;
          if (outcome !== null) setText(outcome, isTold ? '' : (problem?.text ?? ''));
        },
        onNews: () => live?.checkTargets(),
      },
      firstMs,
      refreshing.signal
    );
  };
  const end = () => {
    refreshing.abort();
    live?.stop();
  };
  // A page in the background would take up a connection of the browser and ask for what nobody sees.
  document.addEventListener('visibilitychange', () => (document.hidden ? end() : begin(0)));
  if (!document.hidden) begin(EVERY_MS);
}

function startLive(place: HTMLElement): LivePage {
  const { root = './', target } = place.dataset;
  const api = new ApiClient(absolute(root), (url, init) => fetch(url, init));
  return new LivePage({ place, api, root, target, targets: () => pageTargets(target), oldestMs });
}

/** As the collector wrote it into the page last. */
function oldestMs(): number {
  return Number(document.getElementById('health')?.dataset['oldest'] ?? Infinity);
}

/** Where requests go: an address with a password in it is none that `fetch` takes. */
function absolute(root: string): string {
  const url = new URL(root, location.href);
  url.username = url.password = '';
  return url.href;
}

/** As the collector wrote it into the page last. */
function pageTargets(target: string | undefined): PageTargets {
  if (target !== undefined) return { total: 1, names: [target] };
  const { total = '0', names } = document.getElementById('health')?.dataset ?? {};
  return { total: Number(total), names: names === undefined ? undefined : (JSON.parse(names) as string[]) };
}

start();
