import type { StatusAnswer } from '../../server/api/contract';
import failures from '../testdata/core/failures.json';
import recordedOff from '../testdata/core/status-history-off.json';
import recorded from '../testdata/core/status.json';
import { newDataSource } from '../testing/datasource';
import { brokenBackend, fakeBackend } from '../testing/fake-backend';

const status = recorded as StatusAnswer;

describe('Save & test', () => {
  it.each([
    [status, 'success', 'Connected to Redis Vitals 0.1.0: 2 of 3 targets up, 1 down; history of 15 days on disk.'],
    [recordedOff, 'warning', /1 of 1 target up; its history is off.*set history.enabled to true/],
    [{ ...status, targets: { up: 0, down: 0, waiting: 0 } }, 'warning', /has no targets: add a Redis/],
    [{ ...status, targets: { up: 0, down: 0, waiting: 2 } }, 'success', /0 of 2 targets up, 2 not polled yet/],
    [
      { ...status, history: { ...status.history, state: 'degraded', problem: 'The disk is full: free some space.' } },
      'warning',
      /in memory only: The disk is full: free some space\.$/,
    ],
  ])('says what there is: %#', async (body, expected, message) => {
    fakeBackend().answer('status', body);
    const answer = await newDataSource().testDatasource();
    expect(answer.status).toBe(expected);
    expect(answer.message).toMatch(message);
  });

  it.each([
    [502, '', /cannot reach the collector/],
    [400, failures.unauthorized.body, /refused the credentials/],
    [404, '404 page not found', /no redis_exporter/],
    [200, failures.page.body, /^A web page came back/],
    [200, '{"uptime": 5}', /no Redis Vitals collector/],
    [504, '', /took too long/],
  ])('says what to do about %i %j in one sentence', async (code, body, message) => {
    fakeBackend().answer('status', body, code);
    const answer = await newDataSource().testDatasource();
    expect(answer.status).toBe('error');
    expect(answer.message).toMatch(message);
    expect(answer.message.match(/\.(\s|$)/g)).toHaveLength(1);
  });

  it('says so when Grafana itself is gone', async () => {
    brokenBackend(new TypeError('Failed to fetch'));
    expect(await newDataSource().testDatasource()).toEqual({
      status: 'error',
      message: 'Grafana could not be asked: Failed to fetch.',
    });
  });
});
