import { z } from 'zod';
import { EXPORT_OPTIONS } from './commands/export-options';
import { type Option, optionSpelling } from './config/arguments';
import { VARIABLES } from './config/environment';
import { documentOf, type KeyDocument } from './config/key-document';
import { OPTIONS, URL_FORMS } from './config/options';
import { fileSchema, targetSchema } from './config/schema';
import { alignedTable, code, replaceGenerated } from './markdown';

/** A key of the file, as the document calls it: `web.tls.cert`, `web.bearerTokens[].token`. */
export interface DocumentedKey {
  readonly path: string;
  readonly schema: z.core.$ZodType;
  /** Undefined: nothing is said of it. */
  readonly document: KeyDocument | undefined;
}

/** What `defaults` and `targets` hold is a table of its own. */
const TABLES_OF_THEIR_OWN = ['defaults', 'targets'];

/** The keys of the file, without those of a target. */
export const fileKeys: readonly DocumentedKey[] = keysOf(fileSchema, '');

/** The keys of a target, which are those of `defaults` besides two. */
export const targetKeys: readonly DocumentedKey[] = keysOf(targetSchema, '');

/** docs/configuration.md with its tables as the code has them now. */
export function configDocument(written: string): string {
  return replaceGenerated(written, {
    options: optionTable(OPTIONS),
    'redis-url': alignedTable(
      ['Form', 'Means'],
      URL_FORMS.map(([form, meaning]) => [code(form), meaning])
    ),
    environment: alignedTable(
      ['Variable', 'Default', 'Example', 'Meaning'],
      VARIABLES.map(({ name, default: value, example, help }) => [code(name), coded(value), coded(example), help])
    ),
    keys: keyTable(fileKeys),
    'target-keys': keyTable(targetKeys),
    'export-options': optionTable(EXPORT_OPTIONS),
  });
}

/** Every key that has a value, and groups of keys of which something is said. */
function keysOf(schema: z.ZodObject, prefix: string): readonly DocumentedKey[] {
  return Object.entries(schema.shape).flatMap(([name, optional]: [string, z.core.$ZodType]) => {
    const own = optional instanceof z.ZodOptional ? optional.unwrap() : optional;
    const path = prefix + name;
    const [group, suffix] = own instanceof z.ZodArray ? [own.element, '[].'] : [own, '.'];
    const within =
      group instanceof z.ZodObject && !TABLES_OF_THEIR_OWN.includes(path) ? keysOf(group, path + suffix) : [];
    const document = documentOf(own);
    const isSilentGroup = document === undefined && own instanceof z.ZodObject;
    return isSilentGroup ? within : [{ path, schema: own, document }, ...within];
  });
}

function keyTable(keys: readonly DocumentedKey[]): string {
  return alignedTable(
    ['Key', 'Value', 'Default', 'Example', 'Meaning'],
    keys.map(({ path, document }) => {
      if (document === undefined) throw new Error(`nothing is said of the key ${path}: see server/config/schema.ts`);
      return [code(path), document.value, defaultText(document), code(document.example), document.help];
    })
  );
}

function defaultText({ default: value, otherwise = '' }: KeyDocument): string {
  if (value === undefined) return otherwise;
  return otherwise === '' ? code(value) : `${code(value)}, or ${otherwise}`;
}

/** Those that only ask for a text need no example. */
function optionTable(options: readonly Option[]): string {
  return alignedTable(
    ['Option', 'Default', 'Example', 'Meaning'],
    options.map((option) => {
      const { name, default: value, example, help } = option;
      return [
        code(optionSpelling(option)),
        value ?? '',
        example === undefined ? '' : code(`--${name} ${example}`),
        help,
      ];
    })
  );
}

function coded(text: string | undefined): string {
  return text === undefined ? '' : code(text);
}
