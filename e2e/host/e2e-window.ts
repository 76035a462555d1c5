import { getFieldDisplayName, type DataFrame, type Field, type PanelData } from '@grafana/data';
import { toasts } from './backend-srv';

export interface FieldSummary {
  readonly name: string;
  readonly displayName: string;
  readonly type: string;
  readonly unit?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly links: readonly { readonly title: string; readonly url?: string }[];
  readonly values: readonly unknown[];
}

export interface FrameSummary {
  readonly refId?: string;
  readonly name?: string;
  readonly type?: string;
  readonly preferred?: string;
  readonly notices: readonly string[];
  readonly length: number;
  readonly fields: readonly FieldSummary[];
}

export interface PanelSummary {
  readonly state: string;
  readonly errors: readonly { readonly refId?: string; readonly message?: string }[];
  readonly frames: readonly FrameSummary[];
  /** How often something came. */
  readonly updates: number;
}

/** For the tests: what is behind the pixels. */
export interface E2eWindow {
  panels: Record<number, PanelSummary>;
  queries: Record<number, readonly unknown[]>;
  readonly toasts: readonly string[];
}

export const e2e: E2eWindow = { panels: {}, queries: {}, toasts };

/** For the next page. */
export function forget(): void {
  e2e.panels = {};
  e2e.queries = {};
  toasts.length = 0;
}

export function publishPanel(id: number, data: PanelData): void {
  const updates = (e2e.panels[id]?.updates ?? 0) + 1;
  const errors = (data.errors ?? []).map(({ refId, message }) => ({ refId, message }));
  e2e.panels[id] = { state: data.state, errors, frames: data.series.map(summary), updates };
}

function summary(frame: DataFrame): FrameSummary {
  const { refId, name, meta, length, fields } = frame;
  return {
    ...{ refId, name, length, type: meta?.type, preferred: meta?.preferredVisualisationType },
    notices: (meta?.notices ?? []).map(({ text }) => text),
    fields: fields.map((field) => fieldSummary(field, frame)),
  };
}

function fieldSummary(field: Field, frame: DataFrame): FieldSummary {
  const { name, type, labels, config, values } = field;
  const links = (config.links ?? []).map(({ title, url }) => ({ title, url }));
  return {
    name,
    type,
    labels,
    unit: config.unit,
    links,
    displayName: getFieldDisplayName(field, frame),
    values: [...values],
  };
}
