/** A goal as a document of a part shows it. */
export interface ShownGoal {
  readonly section: string;
  readonly name: string;
  /** `0.683 B, 0.35 × Prometheus`. */
  readonly result: string;
  readonly goal: string;
  readonly isMet: boolean;
}

/** What the first page says of a part. */
export interface ShownPart {
  readonly title: string;
  /** Name of the file, beside the first page. */
  readonly file: string;
  /** ISO date; undefined: it has not been measured yet. */
  readonly date: string | undefined;
  /** Of the machine's CPU time, other processes had so much: `0.0 %`. */
  readonly load: string | undefined;
  readonly goals: readonly ShownGoal[];
}

/** Reads what `renderReport` has written: a run of one part leaves the others as they were measured before. */
export function readDocument(file: string, title: string, document: string | undefined): ShownPart {
  const text = document ?? '';
  const goals: ShownGoal[] = [];
  let section = '';
  let header: readonly string[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('## ')) section = line.slice(3);
    if (!line.startsWith('|')) header = [];
    else if (header.length === 0) header = cellsOf(line);
    else goals.push(...goalOf(section, header, cellsOf(line)));
  }
  return {
    title,
    file,
    date: /^\| date +\| (\S+)/m.exec(text)?.[1],
    load: /^- Other processes had (\S+ %)/m.exec(text)?.[1],
    goals,
  };
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

function goalOf(section: string, header: readonly string[], cells: readonly string[]): ShownGoal[] {
  const goal = cells[header.indexOf('goal')] ?? '';
  const verdict = cells.at(-1) ?? '';
  if (goal === '' || !/^(met|\*\*missed\*\*)/.test(verdict)) return [];
  const [name = '', ours = ''] = cells;
  const ratio = cells[header.indexOf('ratio')] ?? '';
  const parts = goal.split(', ').map((one) => (one.endsWith('×') ? `${ratio} ${header[2] ?? ''}` : ours));
  return [{ section, name, goal, result: parts.join(', '), isMet: verdict.startsWith('met') }];
}

/** The first page's summary as Markdown whose tables are not aligned yet. */
export function renderSummary(parts: readonly ShownPart[]): string {
  const goals = parts.flatMap(({ goals: ofPart, file }) => ofPart.map((goal) => ({ ...goal, file })));
  const met = goals.filter(({ isMet }) => isMet).length;
  const partRows = parts.map(
    ({ title, file, date, load = '', goals: { length } }) =>
      `| ${date === undefined ? title : `[${title}](${file})`} | ${date ?? 'not yet'} | ${load} | ${length} |`
  );
  const goalRows = goals.map(
    ({ section, name, result, goal, isMet, file }) =>
      `| [${section}](${file}#${anchorOf(section)}): ${name} | ${result} | ${goal} | ${isMet ? 'met' : '**missed**'} |`
  );
  return `${met} of ${goals.length} goals met. A result with × is ours divided by that of the program named, in the same run; the
pages have the medians, the spread, and what was compared how.

| page | measured | CPU of others | goals |
|---|---|--:|--:|
${partRows.join('\n')}

| what | result | goal | |
|---|---|---|---|
${goalRows.join('\n')}
`;
}

/** As GitHub makes them. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}_ -]/gu, '')
    .replaceAll(' ', '-');
}
