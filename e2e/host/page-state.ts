import { dateMath, type AdHocVariableFilter, type TimeRange } from '@grafana/data';
import type { VitalsDataSource } from '../../src/datasource';
import type { VariableQuery, VitalsQuery } from '../../src/types';
import type { HostVariable } from './template-srv';

/** What is there when a page opens: a saved dashboard, more or less. */
export interface PageState {
  readonly queries?: readonly VitalsQuery[];
  /** Of the dashboard: the queries of each panel. */
  readonly panels?: readonly (readonly VitalsQuery[])[];
  readonly variables?: readonly HostVariable[];
  readonly variableQuery?: VariableQuery;
  readonly filters?: readonly AdHocVariableFilter[];
  readonly from?: string;
}

export type PageName = 'config' | 'edit' | 'variable' | 'annotation' | 'dashboard' | 'help';

/** What a test opens. */
export interface View {
  readonly page: PageName;
  readonly uid: string;
  readonly theme: 'light' | 'dark';
  readonly state: PageState;
}

export interface PageProps {
  readonly dataSource: VitalsDataSource;
  readonly state: PageState;
}

export function rangeFrom(from: string): TimeRange {
  const range = { from, to: 'now' };
  return { from: dateMath.toDateTime(from, {})!, to: dateMath.toDateTime('now', {})!, raw: range };
}
