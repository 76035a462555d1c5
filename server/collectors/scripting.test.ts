import { collected, recordedInfo } from '../testing/collected';
import { scripting } from './scripting';

const INFO = [
  '# Server',
  'valkey_version:9.1.0',
  '',
  '# Scripting Engines',
  'engines_count:2',
  'engines_total_used_memory:50',
  'engines_total_memory_overhead:51',
  'engine_0:name=LUA,module=built-in,abi_version=4,used_memory=20,memory_overhead=21',
  'engine_1:memory_overhead=30,abi_version=2,module=example,name=JS',
  '',
].join('\r\n');

const LUA = '{engine="LUA",module="built-in",abi_version="4"}';
const JS = '{engine="JS",module="example",abi_version="2"}';

describe('scripting', () => {
  it('gives every engine and what it says', () => {
    expect(collected(scripting, INFO)).toEqual({
      redis_scripting_engines_count: 2,
      redis_scripting_engines_memory_used_bytes: 50,
      redis_scripting_engines_memory_overhead_bytes: 51,
      [`redis_scripting_engine_info${LUA}`]: 1,
      [`redis_scripting_engine_memory_used_bytes${LUA}`]: 20,
      [`redis_scripting_engine_memory_overhead_bytes${LUA}`]: 21,
      [`redis_scripting_engine_info${JS}`]: 1,
      [`redis_scripting_engine_memory_overhead_bytes${JS}`]: 30,
    });
  });

  it.each([
    ['Valkey before 9.1', INFO.replace('9.1.0', '9.0.3')],
    ['a recorded Valkey 8.0', recordedInfo('valkey-8.0', 'master')],
  ])('does not apply to %s', (_, info) => {
    expect(collected(scripting, info)).toEqual({});
  });
});
