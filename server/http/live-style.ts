/** Of charts, events and the slow log; a part of the page's one style sheet. */
export const LIVE_STYLE = `
:root { --info: var(--link); --warning: var(--waiting); --critical: var(--down); }
[hidden] { display: none !important; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
.info { color: inherit; }
.warning { color: var(--warning); }
.critical { color: var(--critical); }
#outcome { margin: 0 0 1rem; }
#outcome:empty { display: none; }
#live { margin-bottom: 2rem; }
#details > .bar { align-items: baseline; margin-bottom: 0.625rem; }
.note { margin: 0; padding: 1.25rem 1.5rem; }
.troubles { list-style: none; margin: 0 0 1.25rem; padding: 0.625rem 1rem; background: var(--down-tint);
  border-color: var(--down); }
.troubles li { padding: 0.1875rem 0; overflow-wrap: anywhere; }
.troubles a { font-weight: 500; margin: 0 0.5rem; }
.troubles a, .events a { text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: 2px; }
.tools { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 0.75rem; margin-bottom: 0.75rem; }
.ranges { display: flex; border: 1px solid var(--edge); border-radius: 8px; padding: 0; margin: 0; overflow: hidden;
  background: var(--card); }
.ranges label { position: relative; padding: 0.25rem 0.75rem; cursor: pointer; border-left: 1px solid var(--line); }
.ranges legend + label { border-left: 0; }
.ranges label:hover { background: var(--page); }
.ranges label:has(:checked) { background: var(--link); color: var(--card); font-weight: 500; }
.ranges label:has(:focus-visible) { outline: 2px solid var(--text); outline-offset: -3px; border-radius: 7px; }
.ranges input { position: absolute; inset: 0; opacity: 0; margin: 0; cursor: pointer; }
button { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--edge); border-radius: 8px;
  padding: 0.25rem 0.875rem; cursor: pointer; }
button:hover { background: var(--page); }
button:focus-visible, .plot:focus-visible, .scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 2px;
  border-radius: 8px; }
.feed { margin: 0; color: var(--muted); overflow-wrap: anywhere; }
.feed::before { content: ''; display: inline-block; width: 0.5rem; height: 0.5rem; border-radius: 50%;
  margin-right: 0.5rem; background: currentColor; vertical-align: 0.0625rem; }
.feed.good { color: var(--up); }
.feed.bad { color: var(--down); }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr)); gap: 0.875rem; }
.chart { display: flex; flex-direction: column; min-width: 0; min-height: 16.5rem; overflow: visible; }
.chart:has(> .message:not([hidden])) { min-height: 8rem; }
.chart > header, .side > header { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between;
  gap: 0 0.75rem; margin: 0; padding: 0.75rem 1rem 0.375rem; }
.card h2 { margin: 0; font-size: 0.9375rem; }
.total { margin: 0; white-space: nowrap; font-variant-numeric: tabular-nums; }
.total b { font-size: 1.1875rem; font-weight: 600; }
.total span { font-size: 0.8125rem; }
.which { margin: -0.25rem 1rem 0.375rem; font-size: 0.8125rem; }
.plot { position: relative; margin: 0 0.25rem; min-width: 0; }
.plot .u-over { cursor: crosshair; }
.plot .u-select { background: color-mix(in srgb, var(--link) 18%, transparent); }
.plot.uplot, .plot .uplot { font: inherit; }
.u-hz .u-cursor-x { border-color: var(--muted) !important; }
.message { margin: auto; padding: 1.5rem; max-width: 26rem; text-align: center; color: var(--muted);
  overflow-wrap: anywhere; }
.legend { display: flex; flex-wrap: wrap; gap: 0.125rem 1rem; list-style: none; margin: 0; padding: 0.25rem 1rem 0.75rem;
  font-size: 0.8125rem; max-height: 8.5rem; overflow-y: auto; }
.legend li { display: flex; align-items: center; gap: 0.375rem; min-width: 0; max-width: 100%; }
.legend b, .tip b { font-weight: 500; font-variant-numeric: tabular-nums; white-space: nowrap; }
.legend .line { color: var(--muted); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.swatch { flex: none; width: 0.875rem; border-top: 3px solid light-dark(var(--on-light), var(--on-dark)); }
.swatch.dashed { border-top-style: dashed; }
.tip { position: absolute; top: 0.25rem; z-index: 2; max-width: min(20rem, 70%); padding: 0.375rem 0.625rem;
  pointer-events: none; background: var(--card); border: 1px solid var(--edge); border-radius: 8px;
  box-shadow: 0 4px 14px rgb(0 0 0 / 0.16); font-size: 0.8125rem; }
.tip time { color: var(--muted); font-variant-numeric: tabular-nums; }
.tip p { margin: 0.125rem 0; overflow-wrap: anywhere; }
.tip ul { list-style: none; margin: 0; padding: 0; }
.tip li { display: flex; align-items: center; gap: 0.375rem; }
.tip li span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.tip li b { margin-left: auto; padding-left: 0.75rem; }
.hint { margin: 0.625rem 0 0.875rem; font-size: 0.8125rem; }
.sides { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); gap: 0.875rem; }
.side { display: flex; flex-direction: column; min-height: 8rem; overflow: hidden; }
.scroll { max-height: 19rem; overflow: auto; }
.events { list-style: none; margin: 0; padding: 0 1rem 0.5rem; }
.events li { padding: 0.3125rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
.events li:first-child { border-top: 0; }
.events time, .side td time { color: var(--muted); font-variant-numeric: tabular-nums; white-space: nowrap; }
.events time { margin-right: 0.375rem; }
.events a { margin-right: 0.25rem; }
.side th, .side td { padding: 0.3125rem 0.5rem; }
.side th:first-child, .side td:first-child { padding-left: 1rem; }
.side th { position: sticky; top: 0; background: var(--card); }
.side td { white-space: nowrap; }
.side td:has(code) { white-space: normal; width: 100%; min-width: 10rem; }
.side td code { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
@media (scripting: enabled) {
  #live[data-charts='on']:empty { min-height: 48rem; }
}
@media (max-width: 56rem) {
  .sides { grid-template-columns: minmax(0, 1fr); }
  .side .scroll { max-height: 16rem; }
}
@media (max-width: 30rem) {
  .ranges { width: 100%; }
  .ranges label { flex: 1; padding: 0.375rem 0.25rem; text-align: center; white-space: nowrap; }
  .chart { min-height: 0; }
  .side thead { display: none; }
  .side tr { display: flex; flex-wrap: wrap; gap: 0 0.75rem; padding: 0.3125rem 1rem; border-bottom: 1px solid var(--line); }
  .side td, .side td:first-child { padding: 0; border: 0; }
  .side td:has(code) { order: 1; width: 100%; }
  .side td:last-child { display: none; }
}
@media print { .tools, .hint { display: none; } }
`;
