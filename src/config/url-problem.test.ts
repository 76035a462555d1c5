import { urlProblem } from './url-problem';

it.each([
  '',
  'http://localhost:9121',
  'https://vitals.example.com/',
  'http://[::1]:9121',
  'https://ops.example.com/redis-vitals',
])('has nothing against %j', (address) => {
  expect(urlProblem(address)).toBeUndefined();
});

it.each([
  ['localhost:9121', 'Give the whole address, for example http://localhost:9121.'],
  ['http://', 'Give the whole address, for example http://localhost:9121.'],
  [
    'redis://cache-1:6379',
    "This is the address of a Redis server. Give the collector's, for example http://localhost:9121; the collector knows its servers.",
  ],
  ['http://cache-1:6379', 'Port 6379 is that of Redis itself. The collector listens on 9121 unless told otherwise.'],
  [
    'http://me:secret@vitals:9121',
    'Leave the user and password out of the address: below, under Authentication, they are kept encrypted.',
  ],
  ['http://vitals:9121/metrics', 'Leave /metrics out: the plugin adds its paths itself.'],
  ['http://vitals:9121/x/api/v1/query', 'Leave /api/v1/query out: the plugin adds its paths itself.'],
  ['http://vitals:9121/?a=b', 'Leave out what follows the path: ?a=b'],
])('says of %s what to do', (address, problem) => {
  expect(urlProblem(address)).toBe(problem);
});
