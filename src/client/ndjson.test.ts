import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LineReader } from './ndjson';

const bytes = readFileSync(join(__dirname, '../testdata/core/stream.ndjson'));
const whole = bytes
  .toString()
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as unknown);

it.each([1, 7, 100, 4096, bytes.length])('puts a recorded stream together from pieces of %i bytes', (size) => {
  const reader = new LineReader();
  const lines: unknown[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    lines.push(...reader.read(new Uint8Array(bytes.subarray(at, at + size))));
  }
  expect(lines).toEqual(whole);
});

it('does not break letters that are cut in two', () => {
  const line = new TextEncoder().encode('{"type":"notice","notice":{"severity":"info","text":"größer"}}\n');
  const reader = new LineReader();
  const lines = [...line].flatMap((byte) => reader.read(Uint8Array.of(byte)));
  expect(lines).toEqual([{ type: 'notice', notice: { severity: 'info', text: 'größer' } }]);
});

it.each(['<html></html>\n', '{"status":"success"}\n', '"text"\n'])('refuses %j', (text) => {
  expect(() => new LineReader().read(new TextEncoder().encode(text))).toThrow();
});
