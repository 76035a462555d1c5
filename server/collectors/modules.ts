import { isAtLeast } from '../model/server-facts';
import { parseKeyValues } from '../parse/key-values';
import { fieldsLike, infoCollector, infoFields } from './info-fields';
import { SEARCH_FIELDS } from './search-fields';

const SECTION = 'Modules';
const { counter, gauge } = infoFields(SECTION);

// prettier-ignore
const BLOOM_FIELDS = [
  gauge('bf_bloom_total_memory_bytes', 'redis_bf_bloom_total_memory_bytes', 'bytes',
    'Memory of all Bloom filters (valkey-bloom).'),
  gauge('bf_bloom_num_objects', 'redis_bf_bloom_num_objects', 'none',
    'Bloom filters (valkey-bloom).'),
  gauge('bf_bloom_num_filters_across_objects', 'redis_bf_bloom_num_filters_across_objects', 'none',
    'Filters that all Bloom filters are made of: one that grew has several (valkey-bloom).'),
  gauge('bf_bloom_num_items_across_objects', 'redis_bf_bloom_num_items_across_objects', 'none',
    'Items in all Bloom filters (valkey-bloom).'),
  gauge('bf_bloom_capacity_across_objects', 'redis_bf_bloom_capacity_across_objects', 'none',
    'Items all Bloom filters have room for (valkey-bloom).'),
  counter('bf_bloom_defrag_hits', 'redis_bf_bloom_defrag_hits_total', 'none',
    'Allocations of Bloom filters that active defragmentation moved (valkey-bloom).'),
  counter('bf_bloom_defrag_misses', 'redis_bf_bloom_defrag_misses_total', 'none',
    'Allocations of Bloom filters that active defragmentation looked at and left (valkey-bloom).'),
];

// prettier-ignore
const JSON_FIELDS = [
  gauge('json_total_memory_bytes', 'redis_json_total_memory_bytes', 'bytes',
    'Memory of all JSON documents (valkey-json).'),
  gauge('json_num_documents', 'redis_json_num_documents', 'none',
    'JSON documents (valkey-json).'),
];

const moduleInfo = infoFields(SECTION, ['name', 'ver', 'api', 'filters', 'usedby', 'using']).info(
  'module',
  'redis_module_info',
  'none',
  'A loaded module, its version and the modules that use it or that it uses.'
).family;

const moduleLines = fieldsLike(SECTION, /^module$/);

/** INFO section Modules, `module:name=bf,ver=10000,api=1,filters=0,usedby=[],using=[]`, and sections of the modules. */
export const modules = infoCollector({
  name: 'modules',
  help: 'Loaded modules, and what search, Bloom filter and JSON modules say of themselves.',
  fields: [...SEARCH_FIELDS, ...BLOOM_FIELDS, ...JSON_FIELDS],
  families: [moduleInfo],
  applies: ({ redisVersion, mode }) => mode !== 'sentinel' && isAtLeast(redisVersion, 4),
  collect({ info }, sink) {
    for (const { at } of moduleLines(info.shape)) {
      const pairs = parseKeyValues(info.values[at] as string);
      sink.add(
        moduleInfo,
        1,
        moduleInfo.labelNames.map((name) => pairs.get(name) ?? '')
      );
    }
  },
});
