import { collected } from '../testing/collected';
import { infoOf } from './info';

const collector = infoOf(new Set(['used_memory']));

function of(...lines: readonly string[]) {
  const { redis_vitals_info_fields_left_out: leftOut, ...fields } = collected(collector, [...lines, ''].join('\r\n'));
  return { leftOut, fields };
}

describe('info', () => {
  it.each([
    ['a number', '# Stats\r\nnew_thing:5', { redis_info_stats_new_thing: 5 }],
    ['a negative number', '# Stats\r\nnew_thing:-1', { redis_info_stats_new_thing: -1 }],
    ['a percentage', '# Stats\r\nnew_thing_perc:45.06%', { redis_info_stats_new_thing_perc: 45.06 }],
    [
      'names in lower case, with underscores',
      '# Scripting Engines\r\nA.b-C:1',
      { redis_info_scripting_engines_a_b_c: 1 },
    ],
    ['the same field of two sections', '# A\r\nx:1\r\n# B\r\nx:2', { redis_info_a_x: 1, redis_info_b_x: 2 }],
    ['nothing of a field somebody knows', '# Memory\r\nused_memory:5', {}],
    ['nothing of words, even such as stand for numbers', '# A\r\nx:ok\r\ny:inf\r\nz:none\r\nw:', {}],
    [
      'nothing of lists, addresses and dates',
      '# A\r\nx:a=1,b=2\r\ny:10.0.0.1\r\nz:2024-01-01\r\nv:7.2.6\r\nm:2.01M',
      {},
    ],
    [
      'nothing of identifiers',
      '# Server\r\nredis_git_sha1:00000000\r\nredis_build_id:123\r\nrun_id:12e4\r\ntcp_port:6379',
      {},
    ],
    ['nothing that stands before the first section', 'x:1', {}],
  ])('gives %s', (_, text, fields) => {
    expect(of(text)).toEqual({ leftOut: 0, fields });
  });

  it('counts what is beyond the ceiling', () => {
    const lines = Array.from({ length: 310 }, (_, index) => `x${index}:1`);
    const { leftOut, fields } = of('# A', 'words:none', ...lines, 'used_memory:5');
    expect(leftOut).toBe(10);
    expect(Object.keys(fields)).toHaveLength(300);
    expect(fields).toHaveProperty('redis_info_a_x299');
  });
});
