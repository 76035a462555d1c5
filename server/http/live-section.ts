import type { HistoryStatus } from '../api/contract';
import type { Assets } from './assets';
import { html, type Html } from './html';

export interface LiveView {
  readonly root: './' | '../';
  readonly assets: Assets | undefined;
  /** Absent: it is switched off. */
  readonly history: HistoryStatus | undefined;
  /** The only target it is about. */
  readonly target?: string;
}

/** Where the page's script puts charts, events and slow commands; or why there are none, and what to do. */
export function renderLive({ root, assets, history, target }: LiveView): Html {
  if (history === undefined) {
    return html`<section id="live" data-charts="off" aria-label="Charts">
      <p class="card note">
        No charts, as the history is off. Leave out <code>--no-history</code>, or set
        <code>history.enabled: true</code> in the configuration, and start again: they are drawn from what is kept.
      </p>
    </section>`;
  }
  if (assets === undefined) {
    return html`<section id="live" data-charts="missing" aria-label="Charts">
      <p class="card note">No charts, as their scripts are not built: <code>npm run build</code>.</p>
    </section>`;
  }
  const only = target === undefined ? undefined : html`data-target="${target}"`;
  return html`<section
      id="live"
      data-charts="on"
      data-root="${root}"
      data-version="${assets.version}"
      ${only}
      aria-label="Charts"
    ></section>
    <noscript><p class="muted">Charts, events and the slow log are drawn by a script.</p></noscript>`;
}

/** What the script has to say of its own attempts to keep the page current. */
export function renderOutcome(): Html {
  return html`<p id="outcome" class="down" role="status"></p>`;
}

/** For the script: before this there is no history. */
export function oldestData(history: HistoryStatus | undefined): Html | undefined {
  return history?.oldestMs === undefined ? undefined : html`data-oldest="${history.oldestMs}"`;
}

/** What the page loads besides itself: all at once, not one after the other as they are imported. */
export function renderAssetLinks(assets: Assets | undefined, root: string): Html | undefined {
  if (assets === undefined) return undefined;
  const path = (name: string) => `${root}assets/${assets.version}/${name}`;
  const [first = '', ...others] = assets.scripts;
  return html`${assets.styles.map((name) => html`<link rel="stylesheet" href="${path(name)}" /> `)}
    ${others.map((name) => html`<link rel="modulepreload" href="${path(name)}" /> `)}
    <script type="module" src="${path(first)}"></script>`;
}
