/** What jsdom lacks and modules want as they load. */

interface Port {
  onmessage?: (event: { readonly data: unknown }) => void;
  postMessage(data: unknown): void;
  close(): void;
}

/** Node's own would keep Jest from ending. */
class FakeMessageChannel {
  readonly port1: Port = port(() => this.port2);
  readonly port2: Port = port(() => this.port1);
}

function port(other: () => Port): Port {
  return { postMessage: (data) => void setTimeout(() => other().onmessage?.({ data }), 0), close: () => undefined };
}

class FakeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
  takeRecords(): readonly never[] {
    return [];
  }
}

Object.assign(globalThis, {
  MessageChannel: FakeMessageChannel,
  ResizeObserver: FakeObserver,
  IntersectionObserver: FakeObserver,
});
