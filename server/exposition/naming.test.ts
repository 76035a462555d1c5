import type { FamilyDescriptor, FamilyType } from '../model/family';
import { familyHeader, inNamespace, labelText } from './naming';

function family(name: string, type: FamilyType, help = 'Help.'): FamilyDescriptor {
  return { name, type, unit: 'none', help, labelNames: [], source: { command: 'INFO' } };
}

describe('inNamespace', () => {
  it.each([
    ['redis_up', 'redis', 'redis_up'],
    ['redis_up', 'cache', 'cache_up'],
    ['redis_exporter_last_scrape_error', 'cache', 'cache_exporter_last_scrape_error'],
    ['redis_info_server_lru_clock', 'cache', 'cache_info_server_lru_clock'],
    ['redis_vitals_polls_total', 'cache', 'redis_vitals_polls_total'],
    ['process_open_fds', 'cache', 'process_open_fds'],
  ])('%s in %s is %s', (name, namespace, expected) => {
    expect(inNamespace(name, namespace)).toBe(expected);
  });
});

describe('familyHeader', () => {
  it.each<[string, FamilyType, text: string, openMetrics: string]>([
    ['redis_up', 'gauge', 'redis_up gauge', 'redis_up gauge'],
    ['redis_forks_total', 'counter', 'redis_forks_total counter', 'redis_forks counter'],
    [
      'redis_total_reads_processed',
      'counter',
      'redis_total_reads_processed counter',
      'redis_total_reads_processed unknown',
    ],
    ['redis_rdb_saves_total', 'gauge', 'redis_rdb_saves_total gauge', 'redis_rdb_saves_total gauge'],
    ['redis_instance_info', 'info', 'redis_instance_info gauge', 'redis_instance info'],
    ['redis_instance', 'info', 'redis_instance gauge', 'redis_instance gauge'],
    ['redis_latencies', 'histogram', 'redis_latencies histogram', 'redis_latencies histogram'],
    ['redis_percentiles', 'summary', 'redis_percentiles summary', 'redis_percentiles unknown'],
  ])('%s, a %s', (name, type, text, openMetrics) => {
    const header = (typed: string) => `# HELP ${typed.split(' ')[0]} Help.\n# TYPE ${typed}\n`;
    expect(familyHeader(family(name, type), name, 'text')).toBe(header(text));
    expect(familyHeader(family(name, type), name, 'openmetrics')).toBe(header(openMetrics));
  });

  it('escapes help', () => {
    const said = family('redis_up', 'gauge', 'A "word", C:\\, two\nlines.');
    expect(familyHeader(said, 'redis_up', 'text')).toBe(
      '# HELP redis_up A "word", C:\\\\, two\\nlines.\n# TYPE redis_up gauge\n'
    );
    expect(familyHeader(said, 'redis_up', 'openmetrics')).toBe(
      '# HELP redis_up A \\"word\\", C:\\\\, two\\nlines.\n# TYPE redis_up gauge\n'
    );
  });
});

describe('labelText', () => {
  it.each([
    ['get', 'cmd="get"'],
    ['', 'cmd=""'],
    ['a"b', 'cmd="a\\"b"'],
    ['a\\b', 'cmd="a\\\\b"'],
    ['a\nb', 'cmd="a\\nb"'],
    ['a\\nb', 'cmd="a\\\\nb"'],
    ['a{b="c",d}', 'cmd="a{b=\\"c\\",d}"'],
    ['ü€😀', 'cmd="ü€😀"'],
  ])('%j', (value, expected) => {
    expect(labelText('cmd', value)).toBe(expected);
  });
});
