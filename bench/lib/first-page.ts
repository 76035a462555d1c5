import { basename } from 'node:path';
import { readDocument, renderSummary } from './goals-table';
import type { PartPage } from './part';

export const FIRST_PAGE = 'docs/benchmarks.md';
const TITLE = 'All goals';

/**
 * The first page with the goals of all parts, as their pages have them now, behind its introduction. `page` is its text
 * from before, with or without them.
 */
export function withGoals(
  page: string,
  parts: readonly Pick<PartPage, 'title' | 'document'>[],
  readPage: (document: string) => string | undefined
): string {
  const bare = withoutGoals(page);
  const shown = parts.map(({ title, document }) =>
    readDocument(basename(document), title, document === FIRST_PAGE ? bare : readPage(document))
  );
  const [intro = '', ...sections] = sectionsOf(bare);
  return [intro.trimEnd(), `## ${TITLE}`, renderSummary(shown).trim(), sections.join('')].join('\n\n');
}

function withoutGoals(page: string): string {
  return sectionsOf(page)
    .filter((section) => !section.startsWith(`## ${TITLE}\n`))
    .join('');
}

/** What stands before the first heading, then each heading with what is below it. */
function sectionsOf(page: string): string[] {
  return page.split(/^(?=## )/m);
}
