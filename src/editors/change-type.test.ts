import type { QueryType, VitalsQuery } from '../types';
import { changeType } from './change-type';

const TYPES: QueryType[] = ['metrics', 'table', 'logs', 'events', 'topology'];
const before: VitalsQuery = {
  refId: 'B',
  version: 1,
  queryType: 'metrics',
  section: 'Stats',
  fields: ['keyspace_hits'],
  hide: true,
  targets: { names: ['$instance'], roles: ['master'] },
};

it.each(TYPES)('keeps name, targets and whether it is hidden as %s', (type) => {
  expect(changeType(before, type)).toMatchObject({
    refId: 'B',
    hide: true,
    queryType: type,
    targets: { names: ['$instance'], roles: ['master'] },
  });
  expect(changeType(before, type)).not.toHaveProperty('fields', ['keyspace_hits']);
});
