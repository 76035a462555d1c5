import type { CatalogAnswer } from '../../server/api/contract';

/** What frames need to know besides the query and its answer. */
export interface FrameContext {
  refId: string;
  datasourceUid: string;
  datasourceName: string;
  /** Help of fields, states of targets; without it frames say less. */
  catalog?: CatalogAnswer;
  /** The answer is that much older than the time it is drawn at. */
  timeShiftMs?: number;
  /** Dashboard that instances link to. */
  instanceDashboardUid?: string;
}
