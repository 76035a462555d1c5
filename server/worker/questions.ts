import { HttpError } from '../errors';
import type { Clock } from '../util/clock';
import type { FromThread, ToThread } from './protocol';

/** A question is given up after this, its turn included; the engine gives up itself long before. */
const ANSWER_WITHIN_MS = 30_000;

type Answer = Extract<FromThread, { readonly id: number }>;

interface Waiting {
  readonly message: ToThread;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: HttpError) => void;
}

/**
 * Questions to the history's thread. It is given one at a time, so that polls and flushes come in between however many
 * there are; one that nobody waits for any more is never begun, or is given up.
 */
export class Questions {
  /** Shared with the thread: not 0 when it is to give up the question at hand. */
  readonly giveUp = new Int32Array(new SharedArrayBuffer(4));
  private readonly send: (message: ToThread) => void;
  private readonly after: Clock['after'];
  /** In the order in which they were asked. */
  private readonly waiting = new Map<number, Waiting>();
  /** The one the thread has. */
  private atHand: number | undefined;
  private lastId = 0;
  private refusal: HttpError | undefined;

  constructor(send: (message: ToThread) => void, after: Clock['after']) {
    this.send = send;
    this.after = after;
  }

  /** Rejects with an HttpError when there is no answer. */
  ask(message: (id: number) => ToThread, signal?: AbortSignal): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      if (this.refusal !== undefined) {
        reject(this.refusal);
        return;
      }
      const id = ++this.lastId;
      const leave = () => this.abandon(id, new HttpError(499, 'canceled', 'The client went away.'));
      const cancel = this.after(ANSWER_WITHIN_MS, () =>
        this.abandon(id, new HttpError(504, 'timeout', 'The history did not answer in time: ask for less at once.'))
      );
      const end =
        <T>(settle: (value: T) => void) =>
        (value: T) => {
          cancel();
          signal?.removeEventListener('abort', leave);
          this.waiting.delete(id);
          settle(value);
        };
      this.waiting.set(id, { message: message(id), resolve: end(resolve), reject: end(reject) });
      signal?.addEventListener('abort', leave);
      if (signal?.aborted === true) leave();
      this.sendNext();
    });
  }

  /** The thread has answered. */
  take(answer: Answer): void {
    if (answer.id === this.atHand) this.atHand = undefined;
    this.waiting.get(answer.id)?.resolve(answer);
    this.sendNext();
  }

  /** Rejects all there are, and all that come until `accept`: the thread has ended, or is to end. */
  refuse(error: HttpError): void {
    this.refusal = error;
    Atomics.store(this.giveUp, 0, 1);
    this.atHand = undefined;
    for (const { reject } of [...this.waiting.values()]) reject(error);
  }

  /** Rejects those whose turn has not come, and all to come; the one the thread has is answered yet. */
  refuseWaiting(error: HttpError): void {
    this.refusal = error;
    for (const [id, { reject }] of [...this.waiting]) if (id !== this.atHand) reject(error);
  }

  /** There is a new thread. */
  accept(): void {
    this.refusal = undefined;
  }

  private abandon(id: number, error: HttpError): void {
    if (this.atHand === id) Atomics.store(this.giveUp, 0, 1);
    this.waiting.get(id)?.reject(error);
  }

  private sendNext(): void {
    if (this.atHand !== undefined) return;
    const [next] = this.waiting;
    if (next === undefined) return;
    const [id, { message }] = next;
    this.atHand = id;
    Atomics.store(this.giveUp, 0, 0);
    this.send(message);
  }
}
