import { createHash } from 'node:crypto';
import type { Assets } from './assets';
import { html, Html } from './html';
import { renderAssetLinks } from './live-section';
import { STYLE } from './page-style';

/** The page may show itself, run our scripts and ask our API; nothing in it is a script, and nothing else is loaded. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  `style-src 'self' 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** In one piece: the hash above is of every character in it. */
const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`);
const PULSE = 'M1 8h3l2-5 4 10 2-5h3';
const ICON = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="#c43c31" stroke-width="2" ` +
    `stroke-linecap="round" stroke-linejoin="round"><path d="${PULSE}"/></svg>`
)}`;

export interface Frame {
  readonly title: string;
  readonly version: string;
  /** Relative way to `/`, so that the pages work behind a proxy that puts them under a path. */
  readonly root: './' | '../';
  /** Absent: they are not built. */
  readonly assets: Assets | undefined;
  /** Absent: the page does not load itself anew. With scripts it never does: they keep it current. */
  readonly refreshSeconds?: number | undefined;
  readonly content: Html;
}

/** A whole HTML document around the content of a status page. */
export function renderFrame({ title, version, root, assets, refreshSeconds, content }: Frame): string {
  const refresh = refreshSeconds
    ? withoutScript(assets, html`<meta http-equiv="refresh" content="${refreshSeconds}" />`)
    : undefined;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${refresh}
        <title>${title}</title>
        <link rel="icon" href="${ICON}" />
        ${renderAssetLinks(assets, root)} ${STYLE_ELEMENT}
      </head>
      <body>
        <header>
          <a href="${root}"
            ><b
              ><svg
                width="22"
                height="22"
                viewBox="0 0 16 16"
                fill="none"
                stroke="currentColor"
                stroke-width="2"
                stroke-linecap="round"
                stroke-linejoin="round"
                aria-hidden="true"
              >
                <path d="${PULSE}" /></svg
              >Redis Vitals</b
            ></a
          >
          <span>${version}</span>
          <nav aria-label="Endpoints">
            <a href="${root}metrics">Metrics</a>
            <a href="${root}sd">Service discovery</a>
            <a href="${root}health">Health</a>
            <a href="${root}ready">Readiness</a>
          </nav>
        </header>
        <main>${content}</main>
      </body>
    </html> `.text;
}

/** For browsers that run no scripts; for all, where there are none. */
export function withoutScript(assets: Assets | undefined, content: Html): Html {
  return assets === undefined ? content : html`<noscript>${content}</noscript>`;
}
