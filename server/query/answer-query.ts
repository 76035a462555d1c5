import type { ErrorAnswer, MetricQuery, Notice, QueryAnswer, QuerySuccess } from '../api/contract';
import { BadPattern } from '../api/matchers';
import { describeProblems, metricQuerySchema, queryEnvelopeSchema } from '../api/schema';
import { chooseTargets } from './choose-targets';
import type { QueryContext } from './context';
import { QueryError, RequestError, tookTooLong } from './errors';
import { DERIVED, fieldIndex, type FieldIndex, type QueryField } from './field-index';
import { QUERY_LIMITS } from './limits';
import { reportEmpty, reportLastBucket } from './notices';
import { planField, type PlanScope } from './plans';
import { readAll, type Reading } from './reading';
import { seriesAnswers } from './series-answers';
import { instantGrid, lookbackGrid, lookbackMs, rangeGrid, requestWindow, type RequestWindow } from './window';

/** What the queries of one request share. */
interface Request {
  readonly context: QueryContext;
  readonly index: FieldIndex;
  readonly window: RequestWindow;
  readonly isOver: () => boolean;
  /** Points that may still be made. */
  pointsLeft: number;
}

/**
 * Answers a request of `POST /api/v1/query`. Throws a RequestError when the request is wrong as a whole; a query that
 * cannot be answered has an error of its own and leaves the others whole.
 *
 * Of each query it finds the targets and fields that are meant, filters series by labels, makes one value of the
 * samples of each bucket, puts series together, keeps the greatest, and leaves out those without any value. A field
 * that targets do not have gives no series and a notice. All fields of a query are read in one pass.
 */
export function answerQuery(context: QueryContext, body: unknown): QueryAnswer {
  const envelope = queryEnvelopeSchema.safeParse(body);
  if (!envelope.success) throw new RequestError(describeProblems(envelope.error));
  const { queries, ...time } = envelope.data;
  const refIds = uniqueRefIds(queries);
  const deadline = performance.now() + (context.deadlineMs ?? QUERY_LIMITS.deadlineMs);
  const request: Request = {
    context,
    index: fieldIndex(context.families, context.history.families()),
    window: requestWindow(time, context.now()),
    isOver: () => performance.now() >= deadline || context.isGivenUp?.() === true,
    pointsLeft: QUERY_LIMITS.pointsPerRequest,
  };
  const results = queries.map((query, at) => [refIds[at] as string, answerOne(request, query)] as const);
  return { status: 'success', results: Object.fromEntries(results) };
}

function uniqueRefIds(queries: readonly unknown[]): readonly string[] {
  const seen = new Set<string>();
  return queries.map((query, at) => {
    const { data: refId } = metricQuerySchema
      .unwrap()
      .shape.refId.safeParse((query as { refId?: unknown } | null)?.refId);
    if (refId === undefined) throw new RequestError(`queries[${at}].refId: give each query a short text that names it`);
    if (seen.has(refId)) throw new RequestError(`queries[${at}].refId: ${JSON.stringify(refId)} is there twice`);
    seen.add(refId);
    return refId;
  });
}

function answerOne(request: Request, input: unknown): QuerySuccess | ErrorAnswer {
  const query = metricQuerySchema.safeParse(input);
  if (!query.success) return { status: 'error', errorType: 'bad_data', error: describeProblems(query.error) };
  try {
    return answerMetrics(request, query.data);
  } catch (error) {
    if (error instanceof QueryError) return { status: 'error', errorType: error.errorType, error: error.message };
    if (error instanceof BadPattern) return { status: 'error', errorType: 'bad_data', error: error.message };
    throw error;
  }
}

function answerMetrics(request: Request, query: MetricQuery): QuerySuccess {
  const { context, index, window } = request;
  if (request.isOver()) throw tookTooLong(); // planning costs, too
  const notices: Notice[] = [];
  const isInstant = query.instant === true;
  const targets = chooseTargets(context, query.targets, notices);
  const grid = isInstant ? instantGrid(window, targets.intervalMs) : rangeGrid(window, targets.intervalMs, notices);
  const scope: PlanScope = {
    history: context.history,
    targets,
    query,
    grid,
    lastGrid: isInstant ? lookbackGrid(window, targets.intervalMs) : grid,
    notices,
  };
  const plans = fieldsOf(index, query, notices).map((field) => planField(field, scope));
  const readings = plans.flatMap((plan) => plan.readings);
  spend(request, readings);
  const values = readAll(context.history, readings, lookbackMs(targets.intervalMs), request.isOver);
  let at = 0;
  const fields = plans.map((plan) => plan.finish(values.slice(at, (at += plan.readings.length))));
  const answers = fields.map((field) => seriesAnswers(field, query, notices));
  reportEmpty(fields, notices);
  if (!isInstant) reportLastBucket(fields, grid, window.nowMs, notices);
  return {
    status: 'success',
    times: isInstant ? [window.toMs] : Array.from({ length: grid.count }, (_, i) => grid.startMs + i * grid.stepMs),
    stepMs: isInstant ? 0 : grid.stepMs,
    series: answers.flat(),
    notices,
  };
}

/** What the words of a query mean, each field once. */
function fieldsOf(index: FieldIndex, { section, fields }: MetricQuery, notices: Notice[]): readonly QueryField[] {
  const found = fields.flatMap((name) => {
    const meant = index.find(section, name);
    const where = [...new Set(meant.map((one) => (one.kind === 'stored' ? one.stored.section : DERIVED)))];
    if (where.length > 1) {
      notices.push({ severity: 'info', text: `${name} is in several sections (${where.join(', ')}): name the one.` });
    }
    return meant;
  });
  return [...new Set(found)];
}

function spend(request: Request, readings: readonly Reading[]): void {
  const series = readings.reduce((sum, one) => sum + one.series.length, 0);
  const remedy = 'ask for fewer fields or targets, or filter by labels';
  if (series > QUERY_LIMITS.seriesPerQuery) {
    throw new QueryError(
      'bad_data',
      `the query needs ${series} series, more than ${QUERY_LIMITS.seriesPerQuery}: ${remedy}`
    );
  }
  const points = readings.reduce((sum, one) => sum + one.series.length * one.grid.count, 0);
  if (points > request.pointsLeft) {
    throw new QueryError(
      'bad_data',
      `the query needs ${points} points, and a request may have ${QUERY_LIMITS.pointsPerRequest} in all: ${remedy}, or give a longer step`
    );
  }
  request.pointsLeft -= points;
}
