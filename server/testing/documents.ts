import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blocksIn, type Block } from './document-blocks';

const ROOT = join(__dirname, '../..');

/** The configuration file as documents call it, and what is in it where they do not show it. */
export const CONFIG_FILE = 'vitals.yml';
const USUAL_CONFIG = 'targets: [{ url: redis://127.0.0.1:6379 }]';

export interface DocumentedBlock extends Block {
  /** Where it is: `README.md:7`. */
  readonly name: string;
  /** The configuration file that its document shows, or the usual one. */
  readonly configText: string;
}

/** Every code block of the READMEs and of docs/. */
export function documentedBlocks(): readonly DocumentedBlock[] {
  const docs = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
  return ['README.md', 'src/README.md', ...docs.map((name) => `docs/${name}`)].flatMap((document) => {
    const inDocument = blocksIn(readFileSync(join(ROOT, document), 'utf8'));
    const configText = inDocument.find(({ text }) => text.startsWith(`# ${CONFIG_FILE}\n`))?.text ?? USUAL_CONFIG;
    return inDocument.map((block) => ({ ...block, name: `${document}:${block.line}`, configText }));
  });
}
