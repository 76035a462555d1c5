import { readLines } from './ndjson.ts';

async function read(...chunks: Uint8Array[]): Promise<unknown[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      chunks.forEach((chunk) => controller.enqueue(chunk));
      controller.close();
    },
  });
  const lines: unknown[] = [];
  for await (const line of readLines(body)) lines.push(line);
  return lines;
}

const bytes = (text: string) => new TextEncoder().encode(text);

it.each<[string, string[], unknown[]]>([
  ['one line', ['{"a":1}\n'], [{ a: 1 }]],
  ['several in one piece', ['1\n2\n3\n'], [1, 2, 3]],
  ['one in many pieces', ['{"a"', ':', '1}', '\n'], [{ a: 1 }]],
  ['an end within a line', ['1\n{"a"'], [1]],
  ['empty lines', ['\n1\n\r\n'], [1]],
  ['nothing', [], []],
])('reads %s', async (_, chunks, lines) => {
  expect(await read(...chunks.map(bytes))).toEqual(lines);
});

it('reads a letter that is cut in two', async () => {
  const all = bytes('"ü"\n');
  expect(await read(all.slice(0, 2), all.slice(2))).toEqual(['ü']);
});

it('gives the body back when nobody wants more of it', async () => {
  let isCancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(bytes('1\n')),
    cancel: () => void (isCancelled = true),
  });
  for await (const line of readLines(body)) {
    expect(line).toBe(1);
    break;
  }
  expect(isCancelled).toBe(true);
});

it('says that a line is no JSON', async () => {
  await expect(read(bytes('<html>\n'))).rejects.toThrow(SyntaxError);
});
