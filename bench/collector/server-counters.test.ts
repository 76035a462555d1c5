import { parseServerCounters } from './server-counters';

const INFO = [
  'total_connections_received:12',
  'total_commands_processed:99',
  'total_reads_processed:50',
  'total_writes_processed:40',
  '# Commandstats',
  'cmdstat_info:calls=7,usec=100,usec_per_call=14.29,rejected_calls=0,failed_calls=0',
  'cmdstat_config|get:calls=2,usec=100,usec_per_call=50.00,rejected_calls=0,failed_calls=0',
  'cmdstat_replconf:calls=10,usec=20,usec_per_call=2.00,rejected_calls=0,failed_calls=0',
  '',
].join('\r\n');

describe('parseServerCounters', () => {
  it('adds up the commands and leaves out what replicas say', () => {
    expect(parseServerCounters(INFO)).toEqual({ connections: 12, reads: 40, commands: 9 });
  });

  it('refuses a server that does not count reads', () => {
    expect(() => parseServerCounters('total_connections_received:1\r\n')).toThrow('INFO has no total_reads_processed');
  });
});
