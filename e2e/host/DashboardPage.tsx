import { Button } from '@grafana/ui';
import { useState } from 'react';
import { rangeFrom, type PageProps } from './page-state';
import { Panel } from './Panel';
import { templateSrv } from './services';

/** Panels one below the other, each of which can be taken away; auto refresh is the test's to press. */
export function DashboardPage({ dataSource, state }: PageProps) {
  const { panels = [], variables = [], from = 'now-5m' } = state;
  templateSrv.variables = variables;
  const [gone, setGone] = useState<readonly number[]>([]);
  const [range, setRange] = useState(() => rangeFrom(from));
  return (
    <main>
      <Button variant="secondary" onClick={() => setRange(rangeFrom(from))}>
        Refresh
      </Button>
      {panels.map((queries, index) =>
        gone.includes(index) ? null : (
          <div key={index}>
            <Button size="sm" fill="text" onClick={() => setGone([...gone, index])}>
              Remove panel {index + 1}
            </Button>
            <Panel {...{ id: index + 1, title: `Panel ${index + 1}`, dataSource, queries, range, run: 1 }} />
          </div>
        )
      )}
    </main>
  );
}
