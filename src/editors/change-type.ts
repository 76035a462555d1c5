import { QUERY_VERSION, type QueryType, type VitalsQuery } from '../types';

/** A query of another type, which keeps what both have: targets, name, and whether it is hidden. */
export function changeType(query: VitalsQuery, queryType: QueryType): VitalsQuery {
  const { refId, hide, datasource, targets } = query;
  const common = {
    refId,
    version: QUERY_VERSION,
    ...(hide !== undefined && { hide }),
    ...(datasource && { datasource }),
    ...(targets && { targets }),
  };
  switch (queryType) {
    case 'metrics':
      return { ...common, queryType, section: 'Memory', fields: ['used_memory'] };
    case 'table':
      return { ...common, queryType, table: 'targets' };
    case 'logs':
      return { ...common, queryType, source: 'slowlog' };
    case 'events':
    case 'topology':
      return { ...common, queryType };
  }
}
