import { Secret } from '../model/secret';
import { createLogger, targetLogger } from './logger';

/** Runs `log` with a logger and gives the lines it wrote. */
function lines(log: (logger: ReturnType<typeof createLogger>) => void, level: 'info' | 'warn' = 'info'): string[] {
  const written: string[] = [];
  log(createLogger({ level, destination: { write: (line) => written.push(line) } }));
  return written;
}

describe('createLogger', () => {
  it('writes one JSON object per line, with the level as a word', () => {
    const written = lines((log) => {
      log.info({ port: 9121 }, 'listening');
    });
    expect(written).toHaveLength(1);
    expect(JSON.parse(written[0]!)).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as unknown,
      port: 9121,
      msg: 'listening',
    });
    expect(written[0]).toMatch(/^[^\n]*\n$/);
  });

  it('leaves out what is below its level', () => {
    const written = lines((log) => {
      log.info('no');
      log.warn('yes');
    }, 'warn');
    expect(written.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['yes']);
  });

  it('names the target', () => {
    const [line] = lines((log) => targetLogger(log, 'cache-1').info('up'));
    expect(JSON.parse(line!)).toMatchObject({ target: 'cache-1', msg: 'up' });
  });

  const cause = new Error('connect to redis://anna:canary@10.0.0.1');
  it.each([
    ['a password', { password: 'canary' }],
    ['a password of a target', { target: { password: 'canary' } }],
    ['a password in a list of targets', { targets: [{ password: 'canary' }] }],
    ['a header', { req: { headers: { authorization: 'Basic canary' } } }],
    ['a token', { token: 'canary', web: { token: 'canary' } }],
    ['what a Redis configuration calls a password', { config: { requirepass: 'canary', masterauth: 'canary' } }],
    ['a Secret under any name', { anything: new Secret('canary') }],
    ['a URL', { url: 'redis://anna:canary@10.0.0.1:6379' }],
    ['a URL with a password alone', { addresses: ['rediss://:canary@10.0.0.1', 'valkey://canary@10.0.0.1'] }],
    ['a URL with a password nobody has encoded', { url: 'redis://:x/canary"?\\canary@10.0.0.1' }],
    ['an error and its cause', { err: new Error('failed for redis://:canary@h', { cause }) }],
  ])('hides %s', (_, fields) => {
    const written = lines((log) => {
      log.info(fields, 'message');
    }).join('');
    expect(written.match(/.{0,20}canary.{0,20}/g)).toBeNull();
    expect(written).toContain('<secret>');
  });

  it('hides credentials in the URL of a message, and nothing else of it', () => {
    const [line] = lines((log) => {
      log.info('mail to a@b; redis://u:canary@h:1/0, then http://h:9121/ is up');
    });
    expect((JSON.parse(line!) as { msg: string }).msg).toBe(
      'mail to a@b; redis://<secret>@h:1/0, then http://h:9121/ is up'
    );
  });
});
