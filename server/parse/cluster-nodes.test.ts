import { replyCases } from '../testing/replies';
import { parseClusterNodes } from './cluster-nodes';

const ID = 'a'.repeat(40);
const OTHER = 'b'.repeat(40);

describe('parseClusterNodes', () => {
  it('reads a node with slots, moving ones among them', () => {
    const line = `${ID} 10.0.0.7:6379@16379,cache-7 myself,master - 0 1795164097912 3 connected 7 10-12 [77->-${OTHER}] [93-<-${OTHER}]`;
    expect(parseClusterNodes(`${line}\n`)).toEqual([
      {
        id: ID,
        address: '10.0.0.7:6379',
        hostname: 'cache-7',
        flags: ['myself', 'master'],
        master: undefined,
        epoch: 3,
        linkState: 'connected',
        slots: [
          [7, 7],
          [10, 12],
        ],
        moving: [
          { slot: 77, direction: 'migrating', node: OTHER },
          { slot: 93, direction: 'importing', node: OTHER },
        ],
      },
    ]);
  });

  it.each([
    [
      'a replica',
      `${ID} 10.0.0.7:6379@16379 slave ${OTHER} 0 1 1 connected`,
      { master: OTHER, slots: [], flags: ['slave'] },
    ],
    ['no bus port (3.2)', `${ID} 10.0.0.7:6379 master - 0 0 1 connected 0-5`, { address: '10.0.0.7:6379' }],
    ['IPv6', `${ID} ::1:6379@16379 master - 0 0 1 connected`, { address: '[::1]:6379' }],
    ['no address', `${ID} :0@0 master,noaddr - 1 1 0 disconnected`, { address: '', flags: ['master', 'noaddr'] }],
    ['one that has met nobody', `${ID} :6379@16379 myself,master - 0 0 0 connected`, { address: '' }],
    ['no flags', `${ID} 10.0.0.7:6379@16379 noflags - 0 0 0 connected`, { flags: [] }],
    ['more behind the name', `${ID} 10.0.0.7:6379@16379,,shard-id=x master - 0 0 0 connected`, { hostname: '' }],
    ['more in place of it', `${ID} 10.0.0.7:6379@16379,shard-id=x master - 0 0 0 connected`, { hostname: '' }],
  ])('understands %s', (_, line, expected) => {
    expect(parseClusterNodes(line)).toEqual([expect.objectContaining(expected)]);
  });

  it.each(['', '\n', 'nonsense\n', `${ID} 10.0.0.7:6379\n`])('passes over %j', (text) => {
    expect(parseClusterNodes(text)).toEqual([]);
  });

  const recorded = replyCases().flatMap(({ version, situation, reply }) => {
    const text = reply('CLUSTER', 'NODES');
    return typeof text === 'string' ? [{ version, situation, text }] : [];
  });

  it('is tried with all versions that have clusters', () => {
    expect(new Set(recorded.map(({ version }) => version)).size).toBe(7);
  });

  it.each(recorded)('finds 4 nodes and all slots in $version $situation', ({ text }) => {
    const nodes = parseClusterNodes(text);
    const slots = nodes.flatMap((node) => node.slots).reduce((sum, [from, to]) => sum + to - from + 1, 0);
    expect([nodes.length, slots]).toEqual([4, 16_384]);
    expect(nodes.filter(({ flags }) => flags.includes('myself'))).toHaveLength(1);
    expect(nodes.filter(({ master }) => master !== undefined)).toHaveLength(1);
  });
});
