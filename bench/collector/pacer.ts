import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** A client that asks for the same URLs in turn, evenly spread over time, as a scraper of many targets does. */
export class Pacer {
  private readonly agent = new Agent({ keepAlive: true });
  private readonly urls: readonly string[];
  private readonly headers: Readonly<Record<string, string>>;
  private next = 0;

  constructor(urls: readonly string[], headers: Readonly<Record<string, string>>) {
    this.urls = urls;
    this.headers = headers;
  }

  /** Goes on where it stopped before. Resolves when all is answered, rejects unless every answer was good. */
  async run(perSecond: number, seconds: number): Promise<void> {
    const startedAt = performance.now();
    const answers: Promise<void>[] = [];
    for (let asked = 0; asked < perSecond * seconds; asked++) {
      const waitMs = startedAt + (asked * 1000) / perSecond - performance.now();
      if (waitMs > 0) await sleep(waitMs);
      const answer = this.ask(this.urls[this.next++ % this.urls.length]!);
      answer.catch(() => undefined); // it is looked at below
      answers.push(answer);
    }
    await Promise.all(answers);
    const restMs = startedAt + seconds * 1000 - performance.now();
    if (restMs > 0) await sleep(restMs);
  }

  private async ask(url: string): Promise<void> {
    const response = await this.answerTo(url);
    response.resume();
    await once(response, 'end');
    if (response.statusCode !== 200) throw new Error(`${url} answers ${response.statusCode ?? 'nothing'}`);
  }

  /** A connection that was left idle may end just as it is used again; then, as Prometheus does, a new one is asked. */
  private answerTo(url: string): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const request = get(url, { agent: this.agent, headers: this.headers }, resolve);
      request.on('error', (error: NodeJS.ErrnoException) => {
        if (request.reusedSocket && error.code === 'ECONNRESET') resolve(this.answerTo(url));
        else reject(error);
      });
    });
  }
}
