import { isAtLeast } from '../model/server-facts';
import { parseKeyValues } from '../parse/key-values';
import { parseNumber } from '../parse/number';
import { fieldsLike, infoCollector, infoFields } from './info-fields';

const SECTION = 'Scripting Engines';
const { gauge } = infoFields(SECTION);

// prettier-ignore
const FIELDS = [
  gauge('engines_count', 'redis_scripting_engines_count', 'none',
    'Scripting engines the server has, Lua among them (Valkey 9.1+).'),
  gauge('engines_total_used_memory', 'redis_scripting_engines_memory_used_bytes', 'bytes',
    'Memory all scripting engines use for their scripts (Valkey 9.1+).'),
  gauge('engines_total_memory_overhead', 'redis_scripting_engines_memory_overhead_bytes', 'bytes',
    'Memory the server takes to manage all scripting engines (Valkey 9.1+).'),
];

const ofEngine = infoFields(SECTION, ['engine', 'module', 'abi_version']);
// prettier-ignore
const engineInfo = ofEngine.info('engine_<n>', 'redis_scripting_engine_info', 'none',
  'A scripting engine, the module it comes from and the version of its interface (Valkey 9.1+).').family;
// prettier-ignore
const ENGINE_FIELDS = [
  { key: 'used_memory', family: ofEngine.gauge('engine_<n> used_memory', 'redis_scripting_engine_memory_used_bytes',
    'bytes', 'Memory the scripting engine uses for its scripts (Valkey 9.1+).').family },
  { key: 'memory_overhead', family: ofEngine.gauge('engine_<n> memory_overhead',
    'redis_scripting_engine_memory_overhead_bytes', 'bytes',
    'Memory the server takes to manage the scripting engine (Valkey 9.1+).').family },
];

const engineLines = fieldsLike(SECTION, /^engine_\d+$/);

/** INFO section Scripting Engines: `engine_0:name=LUA,module=built-in,abi_version=4,used_memory=1...`. */
export const scripting = infoCollector({
  name: 'scripting',
  help: 'Scripting engines and their memory (Valkey 9.1+).',
  fields: FIELDS,
  families: [engineInfo, ...ENGINE_FIELDS.map((row) => row.family)],
  applies: ({ flavour, version, mode }) => flavour === 'valkey' && mode !== 'sentinel' && isAtLeast(version, 9, 1),
  collect({ info }, sink) {
    for (const { at } of engineLines(info.shape)) {
      const pairs = parseKeyValues(info.values[at] as string);
      const labels = ['name', 'module', 'abi_version'].map((key) => pairs.get(key) ?? '');
      sink.add(engineInfo, 1, labels);
      for (const { key, family } of ENGINE_FIELDS) {
        const bytes = parseNumber(pairs.get(key) ?? '');
        if (bytes !== undefined) sink.add(family, bytes, labels);
      }
    }
  },
});
