import type { Notice, TableAnswer, TableRequest, TimeInput } from '../api/contract';
import { BadPattern, targetTest } from '../api/matchers';
import { describeProblems, tableRequestSchema } from '../api/schema';
import { parseTime } from '../api/time';
import { HttpError } from '../errors';
import type { TargetStatus } from '../poll/interfaces';
import type { TableParts } from './context';
import { nameList } from './name-list';
import { TABLES } from './registry';

export type { TableParts } from './context';

const DEFAULT_LIMIT = 1000;

/**
 * The answer to a request for a table. A target that fails is told of in a notice; the others are whole. Throws
 * HttpError 400 for a request that cannot be understood.
 */
export async function answerTable(parts: TableParts, body: unknown): Promise<TableAnswer> {
  const request = readRequest(body);
  const { limit = DEFAULT_LIMIT } = request;
  const nowMs = parts.now();
  const chosen = choose(parts, request);
  const notices = selectionNotices(parts, request, chosen.length);
  const context = {
    ...parts,
    request,
    chosen,
    limit,
    nowMs,
    fromMs: readTime('from', request.from, nowMs),
    toMs: readTime('to', request.to, nowMs),
    note: (severity: Notice['severity'], text: string) => void notices.push({ severity, text: sentence(text) }),
  };
  if (context.fromMs !== undefined && context.fromMs > (context.toMs ?? nowMs)) {
    throw badData('from: it is later than `to`');
  }
  const { columns, total, things } = await TABLES[request.table](context);
  if (total > limit) {
    notices.push({
      severity: 'warning',
      text: `${limit} of ${total} ${things}: choose fewer targets or raise \`limit\`.`,
    });
  }
  return { status: 'success', columns: columns(limit), notices };
}

function readRequest(body: unknown): TableRequest {
  const read = tableRequestSchema.safeParse(body);
  if (!read.success) throw badData(describeProblems(read.error));
  return read.data;
}

function readTime(name: string, input: TimeInput | undefined, nowMs: number): number | undefined {
  if (input === undefined) return undefined;
  const ms = parseTime(input, nowMs);
  if (ms === undefined) {
    throw badData(
      `${name}: ${JSON.stringify(input)} is no time: use Unix milliseconds, ISO 8601, \`now\` or \`now-6h\``
    );
  }
  return ms;
}

function choose({ targets }: TableParts, request: TableRequest): readonly TargetStatus[] {
  try {
    const isMeant = targetTest(request.targets);
    return targets.list().flatMap(({ name, labels }) => {
      const status = targets.status(name);
      const role = status?.latest?.facts?.role ?? '';
      return status !== undefined && isMeant({ name, labels, role }) ? [status] : [];
    });
  } catch (error) {
    throw error instanceof BadPattern ? badData(`targets.labels: ${error.message}`) : error;
  }
}

/** What there is to say of the targets that were asked for. What is kept may be of targets that are configured no more. */
function selectionNotices({ targets }: TableParts, { table, targets: asked }: TableRequest, chosen: number): Notice[] {
  if (table === 'slowlog') return [];
  const unknown = (asked?.names ?? []).filter((name) => targets.status(name) === undefined);
  if (unknown.length > 0) return [{ severity: 'warning', text: `There is no target ${nameList(unknown)}.` }];
  if (chosen > 0) return [];
  return [{ severity: 'info', text: 'No target has the name, labels and role that were asked for.' }];
}

/** What servers and errors say may lack the point at its end. */
function sentence(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

function badData(message: string): HttpError {
  return new HttpError(400, 'bad_data', message);
}
