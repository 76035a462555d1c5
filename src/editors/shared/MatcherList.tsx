import { useState } from 'react';

import { Button, type ComboboxOption, Stack } from '@grafana/ui';

import type { LabelMatcher } from '../../../server/api/contract';
import { MatcherRow } from './MatcherRow';
import type { DraftMatcher } from './MatcherValue';

interface Props {
  /** What is filtered, for screen readers and the button: `label filter`. */
  noun: string;
  labels: Array<ComboboxOption<string>>;
  matchers: readonly LabelMatcher[] | undefined;
  /** Values a label has; variables are added. */
  loadValues: (label: string) => Promise<readonly string[]>;
  /** Complete matchers alone; one that is being made is kept here until it has a value. */
  onChange: (matchers: LabelMatcher[] | undefined) => void;
}

/** Label, operator and value of any number of filters, which must all hold. */
export function MatcherList({ noun, labels, matchers = [], loadValues, onChange }: Props) {
  const [drafts, setDrafts] = useState<readonly DraftMatcher[]>(matchers);
  const rows = isSame(drafts.filter(isComplete), matchers) ? drafts : matchers;

  const change = (next: readonly DraftMatcher[]) => {
    setDrafts(next);
    const complete = next.filter(isComplete);
    if (!isSame(complete, matchers)) {
      onChange(complete.length > 0 ? complete : undefined);
    }
  };

  return (
    <Stack direction="column" gap={0.5} alignItems="flex-start">
      {rows.map((row, index) => (
        <MatcherRow
          key={index}
          name={`${noun} ${index + 1}`}
          labels={labels}
          matcher={row}
          loadValues={loadValues}
          onChange={(changed) => change(rows.with(index, changed))}
          onRemove={() => change(rows.toSpliced(index, 1))}
        />
      ))}
      <Button
        size="sm"
        variant="secondary"
        fill="outline"
        icon="plus"
        onClick={() => change([...rows, { label: '', op: '=' }])}
      >
        {`Add ${noun}`}
      </Button>
    </Stack>
  );
}

function isComplete(row: DraftMatcher): row is LabelMatcher {
  return row.label !== '' && row.value !== undefined;
}

function isSame(one: readonly DraftMatcher[], other: readonly DraftMatcher[]): boolean {
  const text = (row: DraftMatcher) => JSON.stringify([row.label, row.op, row.value]);
  return one.map(text).join() === other.map(text).join();
}
