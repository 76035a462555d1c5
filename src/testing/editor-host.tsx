import { type ComponentType, useState } from 'react';

import { render } from '@testing-library/react';
import userEvent, { PointerEventsCheckLevel } from '@testing-library/user-event';

interface HostedProps<Query> {
  query: Query;
  onChange: (query: Query) => void;
  onRunQuery: () => void;
}

/** An editor as Grafana hosts one: what it saves comes back to it. */
export function hostEditor<Query, Props extends HostedProps<Query>>(
  Editor: ComponentType<Props>,
  initial: Query,
  others: Omit<Props, keyof HostedProps<Query>>
) {
  const saved: Query[] = [];
  const onRunQuery = jest.fn();
  function Host() {
    const [query, setQuery] = useState(initial);
    const onChange = (next: Query) => {
      saved.push(next);
      setQuery(next);
    };
    // Safe: the editor's own properties, and those it shares with every other.
    return <Editor {...({ ...others, query, onChange, onRunQuery } as unknown as Props)} />;
  }
  render(<Host />);
  return {
    // Nothing covers anything here, and looking for it takes long.
    user: userEvent.setup({ pointerEventsCheck: PointerEventsCheckLevel.Never }),
    onRunQuery,
    /** What was saved last. */
    saved: () => saved.at(-1),
    savedCount: () => saved.length,
  };
}
