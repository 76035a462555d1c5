import { LoadingState, type AdHocVariableFilter, type PanelData, type TimeRange } from '@grafana/data';
import { Alert, Icon, Text } from '@grafana/ui';
import { useEffect, useState } from 'react';
import type { VitalsDataSource } from '../../src/datasource';
import type { VitalsQuery } from '../../src/types';
import { publishPanel } from './e2e-window';
import { Frames } from './Frames';
import { runQueries } from './run-queries';

export interface PanelProps {
  readonly id: number;
  readonly title: string;
  readonly dataSource: VitalsDataSource;
  readonly queries: readonly VitalsQuery[];
  readonly range: TimeRange;
  readonly filters?: AdHocVariableFilter[];
  /** Another number runs the queries again. */
  readonly run: number;
  readonly onData?: (data: PanelData) => void;
}

/** A panel: runs its queries, keeps what it has while they load, shows errors and notices, ends them when it goes. */
export function Panel({ id, title, dataSource, queries, range, filters = [], run, onData }: PanelProps) {
  const [data, setData] = useState<PanelData>();
  useEffect(() => {
    const subscription = runQueries(
      dataSource,
      { panelId: id, queries, range, filters, maxDataPoints: 600 },
      (next) => {
        publishPanel(id, next);
        onData?.(next);
        const isEmptyWait = next.state === LoadingState.Loading && next.series.length === 0;
        setData((before) => (isEmptyWait && before ? { ...before, state: LoadingState.Loading } : next));
      }
    );
    return () => subscription.unsubscribe();
    // Queries run when the editor says so, not whenever they change.
  }, [dataSource, range, run, id]);
  const notices = data?.series.flatMap((frame) => frame.meta?.notices ?? []) ?? [];
  return (
    <section aria-label={title} data-testid={`panel-${id}`} data-state={data?.state}>
      <Text element="h2" variant="h5">
        {title} {data?.state === LoadingState.Streaming && <Icon name="circle-mono" title="Streaming" />}
      </Text>
      {(data?.errors ?? []).map((error, index) => (
        <Alert key={index} severity="error" title={`${error.refId ?? ''} ${error.message ?? ''}`.trim()} />
      ))}
      {[...new Map(notices.map((notice) => [notice.text, notice])).values()].map(({ text, severity }) => (
        <Alert key={text} severity={severity} title={text} />
      ))}
      {data && data.series.length > 0 ? (
        <Frames data={data} />
      ) : (
        <p>{data === undefined || data.state === LoadingState.Loading ? '…' : 'No data'}</p>
      )}
    </section>
  );
}
