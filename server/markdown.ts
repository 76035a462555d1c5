/** Text as code. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** A table laid out as prettier does it: columns as wide as their widest cell. */
export function alignedTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heads, ...rows].map((cells) => cells.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = heads.map((_, at) => Math.max(3, ...lines.map((cells) => cells[at]?.length ?? 0)));
  const [head = '', ...body] = lines.map((cells) => line(widths.map((width, at) => (cells[at] ?? '').padEnd(width))));
  return [head, line(widths.map((width) => '-'.repeat(width))), ...body].join('');
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

/** `document` with what stands between `<!-- generated: NAME -->` and `<!-- end -->` replaced. Throws where a pair is missing. */
export function replaceGenerated(document: string, parts: Readonly<Record<string, string>>): string {
  const found = new Set<string>();
  const replaced = document.replace(MARKED, (_, begin: string, name: string, end: string) => {
    const part = parts[name];
    if (part === undefined) throw new Error(`nothing is generated for <!-- generated: ${name} -->`);
    found.add(name);
    return `${begin}\n\n${part.trim()}\n\n${end}`;
  });
  const missing = Object.keys(parts).filter((name) => !found.has(name));
  if (missing.length > 0) throw new Error(`the document has no <!-- generated: ${missing.join(', ')} --> with its end`);
  return replaced;
}

const MARKED = /(<!-- generated: ([\w-]+) -->)\n.*?(<!-- end -->)/gs;
