import {
  CoreApp,
  getDisplayProcessor,
  type AnnotationQuery,
  type DataFrame,
  type PanelData,
  type QueryEditorProps,
} from '@grafana/data';
import { Text, useTheme2 } from '@grafana/ui';
import { useState, type ComponentType } from 'react';
import type { VitalsDataSource } from '../../src/datasource';
import type { VitalsOptions, VitalsQuery } from '../../src/types';
import { e2e } from './e2e-window';
import { rangeFrom, type PageProps } from './page-state';
import { Panel } from './Panel';

type Editor = ComponentType<QueryEditorProps<VitalsDataSource, VitalsQuery, VitalsOptions>>;

/** Dashboard settings > Annotations: the editor, and the events as Grafana would mark them on graphs. */
export function AnnotationPage({ dataSource, state }: PageProps) {
  const support = dataSource.annotations ?? {};
  const [annotation, setAnnotation] = useState<AnnotationQuery<VitalsQuery>>(() => {
    const target = state.queries?.[0] ?? ({ refId: 'Anno', ...support.getDefaultQuery?.() } as VitalsQuery);
    const saved = { name: 'Redis', enable: true, iconColor: 'red', target } as AnnotationQuery<VitalsQuery>;
    return support.prepareAnnotation?.(saved) ?? saved;
  });
  const [range] = useState(() => rangeFrom('now-5m'));
  const [run, setRun] = useState(1);
  const [data, setData] = useState<PanelData>();
  const prepared = support.prepareQuery ? support.prepareQuery(annotation) : annotation.target;
  const queries = prepared === undefined ? [] : [{ ...prepared, refId: 'Anno' }];
  e2e.queries[1] = queries;
  const QueryEditor = (support.QueryEditor ?? dataSource.components?.QueryEditor) as unknown as Editor;
  return (
    <main>
      <QueryEditor
        {...{ query: annotation.target as VitalsQuery, datasource: dataSource, range, data, app: CoreApp.Dashboard }}
        {...{ annotation, onAnnotationChange: setAnnotation }}
        onChange={(target) => setAnnotation({ ...annotation, target })}
        onRunQuery={() => setRun((count) => count + 1)}
      />
      <Text element="h2" variant="h5">
        Markers
      </Text>
      <Markers frames={data?.series ?? []} />
      <Panel {...{ id: 1, title: 'Events', dataSource, queries, range, run }} onData={setData} />
    </main>
  );
}

/** Grafana's standard mapping: fields named time, timeEnd, title, text, tags, color. */
function Markers({ frames }: { frames: readonly DataFrame[] }) {
  const theme = useTheme2();
  return (
    <ul aria-label="Markers">
      {frames.flatMap((frame) => {
        const field = (name: string) => frame.fields.find((one) => one.name.toLowerCase() === name);
        const text = field('text');
        return Array.from({ length: frame.length }, (_, row) => {
          const color = String(field('color')?.values[row] ?? '');
          return (
            <li
              key={row}
              data-color={color}
              style={{ borderLeft: `4px solid ${color === '' ? 'red' : theme.visualization.getColorByName(color)}` }}
            >
              {new Date(Number(field('time')?.values[row])).toISOString()}{' '}
              {text && getDisplayProcessor({ field: text, theme })(text.values[row]).text}{' '}
              {String(field('tags')?.values[row] ?? '')}
            </li>
          );
        });
      })}
    </ul>
  );
}
