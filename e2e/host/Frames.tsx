import {
  applyFieldOverrides,
  cacheFieldDisplayNames,
  FieldColorModeId,
  FieldType,
  getDisplayProcessor,
  type DataFrame,
  type Field,
  type GrafanaTheme2,
  type PanelData,
} from '@grafana/data';
import {
  GraphDrawStyle,
  LegendDisplayMode,
  ScaleDistribution,
  VisibilityMode,
  type GraphFieldConfig,
  type VizLegendOptions,
} from '@grafana/schema';
import { TimeSeries, useTheme2 } from '@grafana/ui';
import { TableNG } from '@grafana/ui/unstable';
import { Fragment } from 'react';
import { templateSrv } from './services';
import { useWidth } from './use-width';

const GRAPH: GraphFieldConfig = {
  drawStyle: GraphDrawStyle.Line,
  lineWidth: 1,
  fillOpacity: 8,
  showPoints: VisibilityMode.Auto,
  pointSize: 5,
  spanNulls: false,
  scaleDistribution: { type: ScaleDistribution.Linear },
};
const LEGEND = {
  showLegend: true,
  displayMode: LegendDisplayMode.List,
  placement: 'bottom',
  calcs: [],
} satisfies VizLegendOptions;
const HEIGHT = 240;

/** What Grafana's panels would draw: graphs and tables with its own components, logs and node graphs as lists. */
export function Frames({ data }: { data: PanelData }) {
  const theme = useTheme2();
  const [ref, width] = useWidth();
  const frames = applyFieldOverrides({
    data: data.series.map(withColors),
    fieldConfig: { defaults: {}, overrides: [] },
    replaceVariables: (text, scoped) => templateSrv.replace(text, scoped),
    theme,
  });
  cacheFieldDisplayNames(frames);
  const graphs = frames.filter(isGraph);
  return (
    <div ref={ref}>
      {width > 0 && graphs.length > 0 && (
        <div data-testid="graph">
          <TimeSeries
            frames={graphs.map(withGraphConfig)}
            width={width}
            height={HEIGHT}
            timeRange={data.timeRange}
            timeZone="browser"
            legend={LEGEND}
          />
        </div>
      )}
      {width > 0 &&
        frames.map((frame, index) => <Fragment key={index}>{isGraph(frame) || draw(frame, width)}</Fragment>)}
    </div>
  );
}

/** As the graph panel's defaults have it. */
function withColors(frame: DataFrame): DataFrame {
  const color = { mode: FieldColorModeId.PaletteClassic };
  return { ...frame, fields: frame.fields.map((field) => ({ ...field, config: { color, ...field.config } })) };
}

function draw(frame: DataFrame, width: number) {
  const height = Math.min(HEIGHT * 1.5, 48 + frame.length * 36);
  switch (frame.meta?.preferredVisualisationType) {
    case 'logs':
      return <Logs frame={frame} />;
    case 'nodeGraph':
      return <NodeGraph frame={frame} />;
    default:
      return (
        <div data-testid="table" style={{ height, overflow: 'hidden' }}>
          <TableNG data={frame} width={width} height={height} />
        </div>
      );
  }
}

function isGraph({ fields, meta }: DataFrame): boolean {
  const isSeries = meta?.preferredVisualisationType === 'graph' || meta?.preferredVisualisationType === undefined;
  const types = fields.map(({ type }) => type);
  return (
    isSeries &&
    meta?.type?.startsWith('timeseries') === true &&
    types[0] === FieldType.time &&
    types.includes(FieldType.number)
  );
}

function withGraphConfig(frame: DataFrame): DataFrame {
  return {
    ...frame,
    fields: frame.fields.map((field) => ({
      ...field,
      config: { ...field.config, custom: { ...GRAPH, ...field.config.custom } },
    })),
  };
}

/** Log rows are no part of @grafana/ui: a plain list of what they would show. */
function Logs({ frame }: { frame: DataFrame }) {
  const column = (...names: string[]) => frame.fields.find(({ name }) => names.includes(name));
  const [time, body, severity] = [
    column('timestamp', 'Time', 'time'),
    column('body', 'Line', 'text'),
    column('severity', 'level'),
  ];
  return (
    <ol data-testid="logs" style={{ maxHeight: HEIGHT, overflow: 'auto', fontFamily: 'monospace' }}>
      {Array.from({ length: frame.length }, (_, row) => (
        <li key={row}>
          {new Date(Number(time?.values[row])).toISOString()} {String(severity?.values[row] ?? '')}{' '}
          {String(body?.values[row] ?? '')}
        </li>
      ))}
    </ol>
  );
}

/** Neither is the node graph: its nodes and edges as lists, each cell as the panel would label it. */
function NodeGraph({ frame }: { frame: DataFrame }) {
  const theme = useTheme2();
  return (
    <ul data-testid={frame.name === 'edges' || frame.fields.some(({ name }) => name === 'source') ? 'edges' : 'nodes'}>
      {Array.from({ length: frame.length }, (_, row) => (
        <li key={row}>{frame.fields.map((field) => `${field.name}=${text(field, row, theme)}`).join(' · ')}</li>
      ))}
    </ul>
  );
}

function text(field: Field, row: number, theme: GrafanaTheme2): string {
  const value: unknown = field.values[row];
  const { text: shown, suffix = '', prefix = '' } = (field.display ?? getDisplayProcessor({ field, theme }))(value);
  return `${prefix}${shown}${suffix}`;
}
