import type { ErrorAnswer } from '../api/contract.ts';

/** What `fetch` is to us; tests have their own. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** The collector answered, but not with what was asked for. */
export class AnswerError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Nobody answered. */
export class UnreachableError extends Error {}

const ANSWER_WITHIN_MS = 20_000;

/** The JSON API of the collector that the page came from. */
export class ApiClient {
  private readonly root: string;
  private readonly fetch: Fetch;
  /** What its clock is ahead of ours. */
  private aheadMs = 0;

  /** `root`: where `api/v1/` begins, with everything in front of it. */
  constructor(root: string, fetch: Fetch) {
    this.root = root;
    this.fetch = fetch;
  }

  /** Unix milliseconds by the clock of the collector. */
  nowMs(): number {
    return Date.now() + this.aheadMs;
  }

  /** Rejects with an AnswerError or an UnreachableError. */
  async post<Answer>(path: string, body: unknown, signal: AbortSignal): Promise<Answer> {
    const response = await this.open(path, body, AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]));
    try {
      return (await response.json()) as Answer;
    } catch (cause) {
      throw new UnreachableError('the answer was cut off', { cause });
    }
  }

  /** As `post`, with the body still to be read. */
  async open(path: string, body: unknown, signal: AbortSignal): Promise<Response> {
    const response = await this.fetch(`${this.root}api/v1/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      signal,
    }).catch((cause: unknown) => {
      throw new UnreachableError('nobody answers', { cause });
    });
    this.setClock(response);
    if (!response.ok) throw new AnswerError(response.status, await errorText(response));
    return response;
  }

  /** Whole seconds are enough: the header has no more. */
  private setClock({ headers }: Response): void {
    const ms = Date.parse(headers.get('date') ?? '');
    if (Number.isNaN(ms)) return;
    const aheadMs = ms - Date.now();
    this.aheadMs = Math.abs(aheadMs) < 1500 ? 0 : aheadMs;
  }
}

/** What the collector says, or a proxy before it, whose pages are not for here. */
async function errorText(response: Response): Promise<string> {
  if (response.status === 401) return 'You are not logged in: reload the page.';
  const text = await response.text().catch(() => '');
  try {
    const { error } = JSON.parse(text) as Partial<ErrorAnswer>;
    if (typeof error === 'string') return error;
  } catch {
    // no JSON: not from the collector
  }
  return `The answer was ${response.status} ${response.statusText}`.trim();
}
