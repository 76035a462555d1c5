import { until } from './wait';

describe('until', () => {
  it('resolves with the first truthy value', async () => {
    const answers = [false, null, undefined, 0, '', 'value'];
    expect(await until(() => answers.shift(), 'a value')).toBe('value');
  });

  it('takes an error for "not yet"', async () => {
    let asked = 0;
    const condition = () => {
      if (++asked < 3) throw new Error('not yet');
      return Promise.resolve(asked);
    };
    expect(await until(condition, 'the third answer')).toBe(3);
  });

  it('names what it waited for and why the condition failed', async () => {
    const condition = () => Promise.reject(new Error('connection refused'));
    await expect(until(condition, 'the server', 30)).rejects.toMatchObject({
      message: 'waited 30 ms in vain for the server',
      cause: { message: 'connection refused' },
    });
  });
});
