/** A fenced code block of a Markdown document. */
export interface Block {
  readonly language: string;
  /** Without the indentation of its fence. */
  readonly text: string;
  /** Of its first line of text; the document's first is 1. */
  readonly line: number;
}

const FENCED = /^( *)```(\w+)[^\n]*\n(.*?)^\1```$/gms;

/** The code blocks of a document that name a language. */
export function blocksIn(document: string): readonly Block[] {
  return [...document.matchAll(FENCED)].map(({ 1: indent = '', 2: language = '', 3: text = '', index }) => ({
    language,
    text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    line: document.slice(0, index).split('\n').length + 1,
  }));
}

const QUOTES = new Set(["'", '"']);

/** The commands of a block of shell, without comments; one goes on behind a backslash and within quotes. */
export function commandsIn(text: string): readonly string[] {
  const commands: string[] = [];
  let command = '';
  let quote: string | undefined;
  const lines = text.replaceAll('\\\n', ' ').split('\n');
  for (const line of lines) {
    for (let at = 0; at < line.length; at++) {
      const character = line.charAt(at);
      if (quote === undefined && character === '#' && (at === 0 || line[at - 1] === ' ')) break;
      if (quote === undefined && QUOTES.has(character)) quote = character;
      else if (quote === character) quote = undefined;
      command += character;
    }
    if (quote === undefined) {
      commands.push(command.trim());
      command = '';
    } else command += '\n';
  }
  if (quote !== undefined) throw new Error(`a quote is not closed: ${command}`);
  return commands.filter((one) => one !== '');
}
