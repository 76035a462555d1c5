import { nearest } from './nearest';

const WORDS = ['name', 'url', 'username', 'password', 'passwordFile', 'passwordEnv', 'tls', 'interval', 'timeout'];

describe('nearest', () => {
  it.each([
    ['pasword', 'password'],
    ['password_file', 'passwordFile'],
    ['PASSWORDFILE', 'passwordFile'],
    ['intervall', 'interval'],
    ['timout', 'timeout'],
    ['user', 'username'],
    ['uri', 'url'],
    ['tsl', undefined],
    ['x', undefined],
    ['', undefined],
    ['entirely-different', undefined],
  ])('takes %j for %s', (word, meant) => {
    expect(nearest(word, WORDS)).toBe(meant);
  });
});
