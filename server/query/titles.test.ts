import { family } from '../testing/query-context';
import { titleOf, titleOfFamily } from './titles';

it.each([
  ['used_memory_rss', 'Used memory RSS'],
  ['uptime_in_seconds', 'Uptime'],
  ['instantaneous_input_kbps', 'Instantaneous input'],
  ['instantaneous_ops_per_sec', 'Instantaneous ops per sec'],
  ['io_threads_active', 'I/O threads active'],
  ['client-output-buffer-limit', 'Client output buffer limit'],
  ['hz', 'Hz'],
])('%s is titled %s', (field, title) => {
  expect(titleOf(field)).toBe(title);
});

it.each([
  ['commands_duration_seconds_total', 'Commands duration'],
  ['connected_slave_lag_bytes', 'Connected slave lag bytes'],
  ['vitals_polls_total', 'Polls'],
  ['exporter_last_scrape_duration_seconds', 'Last scrape duration'],
])('the family %s is titled %s', (name, title) => {
  expect(titleOfFamily(family(name))).toBe(title);
});
