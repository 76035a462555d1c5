import { LIVE_STYLE } from './live-style';

/** What all status pages look like. */
const FRAME_STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f6f4; --card: #fff; --text: #1c212b; --muted: #5f6876; --line: #e4e4df; --edge: #8b919b; --link: #2456a6;
  --up: #157347; --down: #b42318; --waiting: #8a5a00; --down-tint: #fdf1ef;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #121419; --card: #1a1d24; --text: #e3e6ec; --muted: #98a1b0; --line: #2a2f39; --edge: #6b7483; --link: #8db4f5;
    --up: #56c58e; --down: #ff8a80; --waiting: #e2b04a; --down-tint: #261b1e;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 82rem; padding: 1.5rem 1.5rem 3rem; background: var(--page); color: var(--text);
  font: 0.9375rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
h1 { font-size: 1.5rem; line-height: 1.25; font-weight: 600; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1rem; font-weight: 600; margin: 2rem 0 0.5rem; }
body > header { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; align-items: center; margin-bottom: 1.75rem; }
body > header b { display: flex; align-items: center; gap: 0.5rem; font-weight: 600; }
body > header > a { color: inherit; }
body > header svg { color: var(--down); }
body > header span, small, .muted { color: var(--muted); }
nav { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; }
body > header nav { margin-left: auto; }
small { display: block; font-size: 0.8125rem; }
code { font: 0.8125rem/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace;
  overflow-wrap: anywhere; }
.bar { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; justify-content: space-between;
  margin: 0.375rem 0 1.25rem; }
.bar h2 { margin: 0; }
.bar a[aria-current] { color: inherit; font-weight: 600; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; overflow-x: auto; }
.list td { white-space: nowrap; padding-block: 0.4375rem; }
.list td:last-child { white-space: normal; width: 100%; overflow-wrap: anywhere; }
.empty { padding: 2.5rem 1.5rem; text-align: center; }
.empty p { margin: 0 auto; max-width: 34rem; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-size: 0.8125rem; font-weight: 500; color: var(--muted); }
th, td { padding: 0.625rem 1rem; vertical-align: top; border-bottom: 1px solid var(--line); }
tbody tr:last-child > * { border-bottom: 0; }
td { font-variant-numeric: tabular-nums; }
td ul { margin: 0.25rem 0 0; padding-left: 1.125rem; }
td p, td details { margin: 0; max-width: 40rem; overflow-wrap: anywhere; }
td p + p, td p + details, td details + details { margin-top: 0.25rem; }
.name { overflow-wrap: anywhere; min-width: 16rem; }
.name a { font-weight: 500; }
.tight { white-space: nowrap; }
.state { white-space: nowrap; font-weight: 500; }
.state::before { content: ''; display: inline-block; width: 0.5rem; height: 0.5rem; border-radius: 50%;
  margin-right: 0.5rem; background: currentColor; vertical-align: 0.0625rem; }
.up { color: var(--up); }
.down { color: var(--down); }
.waiting { color: var(--waiting); }
tr.is-down { background: var(--down-tint); }
summary { cursor: pointer; color: var(--muted); width: fit-content; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)); gap: 1rem 2rem; margin: 0;
  padding: 1rem; }
dt { font-size: 0.8125rem; color: var(--muted); }
dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 56rem) {
  body { padding: 1rem 1rem 2rem; }
  body > header nav { margin-left: 0; width: 100%; }
  .stack thead { display: none; }
  .stack tr { display: grid; grid-template-columns: 1fr auto; padding: 0.75rem 1rem;
    border-bottom: 1px solid var(--line); }
  .stack tr:last-child { border-bottom: 0; }
  .stack td { grid-column: 1 / 3; padding: 0.0625rem 0; border: 0; }
  .stack td:first-child { grid-area: 1 / 2; }
  .stack .name { grid-area: 1 / 1; min-width: 0; padding-bottom: 0.25rem; }
  .stack td[data-label] { display: grid; grid-template-columns: 4.75rem auto 1fr; gap: 0.5rem; align-items: baseline; }
  .stack td[data-label]::before { content: attr(data-label); color: var(--muted); }
  .stack td:not(:has(*)), .stack td[data-label]:not(:has(*)) { display: none; }
  .tight { white-space: normal; }
}
`;

/** The one style sheet of the status pages; it stands in the page, so that it is there before anything is drawn. */
export const STYLE = FRAME_STYLE + LIVE_STYLE;
