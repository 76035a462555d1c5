import { randomInteger, randomNumbers } from '../testing/random';
import { isoTimes } from './csv';

it('isoTimes writes times as Date does', () => {
  const random = randomNumbers(1);
  const isoTime = isoTimes();
  const known = [
    '2024-02-29T23:59:59.999Z',
    '2024-03-01T00:00:00.000Z',
    '2026-01-02T03:04:05.006Z',
    '2026-01-02T03:04:05.070Z',
  ];
  const some = Array.from({ length: 2000 }, () => randomInteger(random, 2e12));
  const times = [...known.map((text) => Date.parse(text)), ...some, ...some.map((time) => time + 0.75)];
  expect(times.map(isoTime)).toEqual(times.map((time) => new Date(time).toISOString()));
  expect(known.map((text) => isoTime(Date.parse(text)))).toEqual(known);
});
