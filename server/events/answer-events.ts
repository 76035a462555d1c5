import type { EventAnswer, EventsAnswer, EventsRequest, Notice, TargetSelector, TimeInput } from '../api/contract';
import { BadPattern, targetTest, type Selectable } from '../api/matchers';
import { describeProblems, eventsRequestSchema } from '../api/schema';
import { parseTime } from '../api/time';
import { HttpError } from '../errors';
import type { LogBook, StoredEvent } from '../history/interfaces';

const DEFAULT_LIMIT = 1000;

/**
 * Answers an events request; `targets` are those configured now. Labels and roles choose among these, names also among
 * those that have only a past. Throws HttpError 400 for a request that is wrong.
 */
export function answerEvents(
  log: LogBook,
  targets: () => readonly Selectable[],
  body: unknown,
  nowMs: number
): EventsAnswer {
  const request = readRequest(body);
  const { from, to, kinds = [], severities = [], limit = DEFAULT_LIMIT } = request;
  const [fromMs, toMs] = [readTime('from', from, nowMs), readTime('to', to, nowMs)];
  if (fromMs > toMs) throw badData('from is later than to: exchange them');
  const notices: Notice[] = [];
  const names = chooseNames(request.targets, targets(), notices);
  const events = log.events({
    fromMs,
    toMs,
    ...(names !== undefined && { targets: names }),
    ...(kinds.length > 0 && { kinds }),
    ...(severities.length > 0 && { severities }),
    // One more tells whether there are more.
    limit: limit + 1,
  });
  if (events.length > limit) {
    const text = `Only the newest ${limit} events are given: ask for a shorter time or fewer targets, or raise \`limit\`.`;
    notices.push({ severity: 'warning', text });
  }
  return { status: 'success', events: events.slice(-limit).map(toAnswer), notices };
}

function readRequest(body: unknown): EventsRequest {
  const read = eventsRequestSchema.safeParse(body);
  if (!read.success) throw badData(describeProblems(read.error));
  return read.data;
}

function readTime(name: string, input: TimeInput, nowMs: number): number {
  const ms = parseTime(input, nowMs);
  if (ms !== undefined) return ms;
  throw badData(
    `${name}: ${JSON.stringify(input)} is no time: give Unix milliseconds, an ISO 8601 time, now or now-6h`
  );
}

/** Undefined: all targets there are and were. */
function chooseNames(
  selector: TargetSelector = {},
  targets: readonly Selectable[],
  notices: Notice[]
): readonly string[] | undefined {
  const { names = [], labels = [], roles = [] } = selector;
  const isMeant = testOf(selector);
  if (labels.length === 0 && roles.length === 0) return names.length === 0 ? undefined : names;
  const chosen = targets.filter(isMeant).map(({ name }) => name);
  if (chosen.length === 0) {
    const text = 'No target that is configured has the name, labels and role that were asked for.';
    notices.push({ severity: 'info', text });
  }
  return chosen;
}

function testOf(selector: TargetSelector): (one: Selectable) => boolean {
  try {
    return targetTest(selector);
  } catch (error) {
    throw error instanceof BadPattern ? badData(`targets.labels: ${error.message}`) : error;
  }
}

function toAnswer({ kind, severity, ...event }: StoredEvent): EventAnswer {
  // Safe: only events of these kinds and severities are ever stored.
  return { ...event, kind: kind as EventAnswer['kind'], severity: severity as EventAnswer['severity'] };
}

function badData(message: string): HttpError {
  return new HttpError(400, 'bad_data', message);
}
