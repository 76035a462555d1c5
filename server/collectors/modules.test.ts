import { collected, recordedInfo } from '../testing/collected';
import { modules } from './modules';

const LOADED = [
  '# Server',
  'redis_version:7.4.1',
  '# Modules',
  'module:name=search,ver=21005,api=1,filters=0,usedby=[],using=[ReJSON],options=[handle-io-errors]',
  'module:name=ReJSON,ver=20803,api=1,filters=0,usedby=[search|bf],using=[],options=[]',
  '# search_runtime_configurations',
  'search_extension_load:',
  '# search_index',
  'search_number_of_indexes:2',
  'search_total_indexing_time:12.5',
  '# bf_bloom_core_metrics',
  'bf_bloom_num_objects:3',
  '',
].join('\r\n');

const SEARCH = '{name="search",ver="21005",api="1",filters="0",usedby="[]",using="[ReJSON]"}';
const JSON_MODULE = '{name="ReJSON",ver="20803",api="1",filters="0",usedby="[search|bf]",using="[]"}';

describe('modules', () => {
  it('gives every module and what modules say of themselves', () => {
    expect(collected(modules, LOADED)).toEqual({
      redis_search_number_of_indexes: 2,
      redis_search_indexing_time_ms_total: 12.5,
      redis_bf_bloom_num_objects: 3,
      [`redis_module_info${SEARCH}`]: 1,
      [`redis_module_info${JSON_MODULE}`]: 1,
    });
  });

  it('gives what there is of a line with fewer pairs (Redis 4.0)', () => {
    const info = '# Server\r\nredis_version:4.0.14\r\n# Modules\r\nmodule:name=graph,ver=10000\r\n';
    expect(collected(modules, info)).toEqual({ 'redis_module_info{name="graph",ver="10000"}': 1 });
  });

  it.each([
    ['redis-2.8', 'master'],
    ['redis-7.9', 'master'],
    ['valkey-8.0', 'sentinel'],
  ])('says nothing of %s %s, which has none', (version, situation) => {
    expect(collected(modules, recordedInfo(version, situation))).toEqual({});
  });
});
