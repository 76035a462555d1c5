import type { HistoryStatus } from '../api/contract';
import { formatAddress } from '../model/target';
import type { PollRecord, TargetStatus } from '../poll/interfaces';
import type { Assets } from './assets';
import { html, type Html } from './html';
import { humanDuration, humanSpan } from './human';
import { oldestData, renderLive, renderOutcome } from './live-section';
import { renderFrame, withoutScript } from './page-frame';
import { collectorTroubles, moment, pollCounts, scrapePath, serverName, serverRole, stateMark } from './target-parts';

export interface TargetView {
  readonly version: string;
  readonly nowMs: number;
  readonly status: TargetStatus;
  /** Absent: they are not built. */
  readonly assets?: Assets | undefined;
  /** Absent: it is switched off. */
  readonly history?: HistoryStatus | undefined;
}

/** `/targets/<name>`: one target, its charts, its recent polls, and its failures, which are kept longer. */
export function renderTargetPage({ version, nowMs, status, assets, history }: TargetView): string {
  const { target, state, latest } = status;
  return renderFrame({
    title: `${target.name} is ${state} · Redis Vitals`,
    version,
    root: '../',
    assets,
    content: html`<div id="health" ${oldestData(history)}>
        <h1>${target.name}</h1>
        <div class="bar">
          ${stateMark(state)}
          <nav aria-label="This target">
            <a href="../">All targets</a> <a href="../${scrapePath(target.name)}">Its metrics</a>
            ${withoutScript(assets, html`<a href="">Refresh</a>`)}
          </nav>
        </div>
        ${latest?.failure && html`<p class="down">${latest.failure.message}</p>`}
      </div>
      ${renderOutcome()} ${renderLive({ root: '../', assets, history, target: target.name })}
      <div id="details">
        <h2>Details</h2>
        <div class="card">${renderFacts(status, formatAddress(target.address), nowMs)}</div>
        ${renderCollectors(status)} ${renderFailures(status.recentFailures, nowMs)}
        ${renderPolls(status.recentPolls, nowMs)}
      </div>`,
  });
}

function renderFacts(status: TargetStatus, address: string, nowMs: number): Html {
  const { target, state, latest } = status;
  const server = latest?.facts;
  const labels = Object.entries(target.labels).map(([name, value]) => html`<code>${name}=${value}</code> `);
  const facts: readonly (readonly [term: string, value: Html | string | undefined])[] = [
    ['Address', html`<code>${address}</code>`],
    ['Server', server && serverName(server)],
    ['Role', server && serverRole(server)],
    ['Running for', state === 'up' && server ? humanSpan(nowMs - server.startTimeSeconds * 1000) : undefined],
    ['Last poll', latest && html`${moment(latest.startedAtMs, nowMs)}, took ${humanDuration(latest.durationMs)}`],
    ['Polled every', `${humanDuration(target.intervalMs)}, for ${humanDuration(target.timeoutMs)} at most`],
    ['Polls', `${status.polls.toLocaleString('en')}, ${pollCounts(status)}`],
    ['Labels', labels.length > 0 ? html`${labels}` : undefined],
  ];
  const items = facts
    .filter(([, value]) => value !== undefined)
    .map(
      ([term, value]) =>
        html`<div>
          <dt>${term}</dt>
          <dd>${value}</dd>
        </div>`
    );
  return html`<dl>${items}</dl>`;
}

function renderCollectors(status: TargetStatus): Html {
  const { off, failing } = collectorTroubles(status);
  const rows = [
    ...failing.map((trouble) => ({ ...trouble, state: 'failing' })),
    ...off.map((trouble) => ({ ...trouble, state: 'off' })),
  ].map(
    ({ collector, reason, state }) =>
      html`<tr>
        <td><code>${collector}</code></td>
        <td>${state}</td>
        <td>${reason}</td>
      </tr>`
  );
  return renderTable('Collectors that give nothing', ['Collector', 'State', 'Why'], rows);
}

function renderPolls(polls: readonly PollRecord[], nowMs: number): Html {
  const rows = polls.map(
    ({ startedAtMs, durationMs, failure }) =>
      html`<tr>
        <td>${moment(startedAtMs, nowMs)}</td>
        <td>${humanDuration(durationMs)}</td>
        <td>
          ${failure ? html`<span class="down">${failure.code}</span>` : html`<span class="muted">answered</span>`}
        </td>
      </tr>`
  );
  return renderTable('Recent polls', ['When', 'Took', 'Outcome'], rows);
}

/** Failures that repeat the one before share a row. */
function renderFailures(failures: readonly PollRecord[], nowMs: number): Html {
  const rows = groupFailures(failures).map(
    ({ count, message, newestAtMs, oldestAtMs }) =>
      html`<tr>
        <td>${moment(newestAtMs, nowMs)}</td>
        <td>
          ${message}
          ${count > 1 ? html`<small>${count} times in a row, first ${moment(oldestAtMs, nowMs)}</small>` : ''}
        </td>
      </tr>`
  );
  return renderTable('Recent failures', ['When', 'What'], rows);
}

interface FailureGroup {
  readonly message: string | undefined;
  readonly newestAtMs: number;
  oldestAtMs: number;
  count: number;
}

/** Newest first, as they come. */
function groupFailures(failures: readonly PollRecord[]): readonly FailureGroup[] {
  const groups: FailureGroup[] = [];
  for (const { startedAtMs, failure } of failures) {
    const group = groups.at(-1);
    if (group !== undefined && group.message === failure?.message) {
      group.count++;
      group.oldestAtMs = startedAtMs;
    } else {
      groups.push({ message: failure?.message, newestAtMs: startedAtMs, oldestAtMs: startedAtMs, count: 1 });
    }
  }
  return groups;
}

function renderTable(title: string, columns: readonly string[], rows: readonly Html[]): Html {
  if (rows.length === 0) return html``;
  return html`<h2>${title}</h2>
    <div class="card list">
      <table>
        <thead>
          <tr>
            ${columns.map((column) => html`<th scope="col">${column}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>`;
}
