import type { DataQuery } from '@grafana/schema';

interface Host<Query> {
  onChange: (query: Query) => void;
  onRunQuery: () => void;
}

/** What a choice does: the query is saved, without what was taken out of it, and runs. */
export function saveAndRun<Query extends DataQuery>({ onChange, onRunQuery }: Host<Query>): (query: Query) => void {
  return (query) => {
    onChange(withoutUndefined(query));
    onRunQuery();
  };
}

function withoutUndefined<Query extends object>(query: Query): Query {
  const parts = Object.entries(query).filter(([, value]) => value !== undefined);
  // Safe: properties that may be undefined may be absent.
  return Object.fromEntries(parts) as Query;
}
