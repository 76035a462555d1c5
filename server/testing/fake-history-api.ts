import type { HistoryStatus } from '../api/contract';
import type { HistoryApi } from '../http/deps';

interface Asked {
  readonly route: string;
  /** Read; its text, when it is no JSON. */
  readonly body: unknown;
  readonly signal: AbortSignal | undefined;
}

export const HISTORY_STATUS: HistoryStatus = {
  state: 'ok',
  directory: '/data',
  retentionMs: 86_400_000,
  diskBytes: 4096,
  series: 3,
  samplesStored: 100,
  samplesRefused: {},
  pendingSamples: 0,
};

/** The history's thread as the HTTP side sees it, answering as the test says: before, with an empty success. */
export class FakeHistoryApi implements HistoryApi {
  readonly asked: Asked[] = [];
  /** The answer, or a promise of it; what it throws is what the request rejects with. */
  respond: (body: unknown, route: string) => unknown = () => ({ status: 'success', results: {} });
  /** Of the answers to come. */
  code = 200;

  status(): HistoryStatus {
    return HISTORY_STATUS;
  }

  async request(route: string, body: Uint8Array, signal?: AbortSignal): Promise<{ status: number; body: Uint8Array }> {
    const read = readJson(body);
    this.asked.push({ route, body: read, signal });
    const answer = await this.respond(read, route);
    return { status: this.code, body: new TextEncoder().encode(JSON.stringify(answer)) };
  }
}

function readJson(bytes: Uint8Array): unknown {
  const text = Buffer.from(bytes).toString();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
