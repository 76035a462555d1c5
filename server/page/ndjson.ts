/** Objects of a body that has one a line, as they come; a line that is no JSON rejects. */
export async function* readLines<Line>(body: ReadableStream<Uint8Array>): AsyncGenerator<Line> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest: string[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const [first = '', ...others] = decoder.decode(value, { stream: true }).split('\n');
      rest.push(first);
      for (const next of others) {
        const line = rest.join('');
        rest = [next];
        if (line.trim() !== '') yield JSON.parse(line) as Line;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
