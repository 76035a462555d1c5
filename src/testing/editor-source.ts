import type { MetricQuery, QueryRequest } from '../../server/api/contract';
import catalog from '../testdata/shop/catalog.json';
import answers from '../testdata/shop/query.json';
import { newDataSource } from './datasource';
import { type Asked, fakeBackend } from './fake-backend';

/**
 * A data source with recorded answers: the catalogue, unless the collector is away at first, and for each query that of
 * `recorded`, whatever it asks.
 */
export function editorSource(recorded: keyof typeof answers.results = 'keys', isAway = false) {
  const backend = fakeBackend();
  const queriesOf = ({ data }: Asked): readonly MetricQuery[] => (data as QueryRequest).queries;
  const comeBack = () => {
    backend.answer('catalog', catalog);
    backend.answer('query', (asked: Asked) => ({
      status: 'success',
      results: Object.fromEntries(queriesOf(asked).map(({ refId }) => [refId, answers.results[recorded]])),
    }));
  };
  if (!isAway) {
    comeBack();
  }
  return {
    datasource: newDataSource(),
    comeBack,
    /** The queries that were asked for. */
    asked: () => backend.asked.filter(({ path }) => path === 'query').flatMap(queriesOf),
  };
}
