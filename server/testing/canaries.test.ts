import { Canaries } from './canaries';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('canaries', () => {
  const canaries = new Canaries();
  const secret = canaries.plant('here');
  const plain = canaries.plantPlain('there');
  canaries.add('elsewhere', '$2y$10$abc./defghi');

  it.each([
    ['plain', `-${secret}-`],
    ['URL-encoded', encodeURIComponent(secret)],
    ['in JSON', JSON.stringify({ secret })],
    ['its first part only', secret.split('/')[0]!],
    ['its last part only', secret.split('%')[1]!],
    ['in base64', base64(secret)],
    ['in base64 behind 4 bytes', base64(`abc:${secret}`)],
    ['in base64 behind 5 bytes', base64(`user:${secret}`)],
    ['in base64 behind 7 bytes', base64(`user:12${secret}x`)],
    ['in base64 for URLs', Buffer.from(`user:${secret}`).toString('base64url')],
    ['in hexadecimal', Buffer.from(secret).toString('hex')],
  ])('are found %s', (_, text) => {
    expect(canaries.foundIn(text)).toEqual(['here']);
  });

  it('are found, all of them, and URL-encoded when they came as they are', () => {
    expect(canaries.foundIn(`${plain} ${secret}`)).toEqual(['here', 'there']);
    expect(canaries.foundIn(encodeURIComponent('$2y$10$abc./defghi'))).toEqual(['elsewhere']);
  });

  it('are reported by where they were said', () => {
    const said = ['nothing', `${plain} ${plain}`].map((text, at) => ({ where: `page ${at}`, text }));
    expect(canaries.leaksIn(said)).toEqual(['page 1 shows there']);
  });

  it('are not found where they are not', () => {
    expect(canaries.foundIn(base64('something else, of some length') + secret.slice(0, 9))).toEqual([]);
  });
});
