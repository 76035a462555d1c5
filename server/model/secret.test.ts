import { format, inspect } from 'node:util';
import { Secret } from './secret';

const CANARY = 'canary-91c2';
const secret = new Secret(CANARY);

describe('Secret', () => {
  it('is told to who asks for it', () => {
    expect(secret.reveal()).toBe(CANARY);
  });

  it.each([
    ['a template', `password ${String(secret)}`],
    ['JSON', JSON.stringify({ target: { password: secret } })],
    ['the inspector', inspect({ password: secret }, { depth: Infinity, showHidden: true, getters: true })],
    ['the inspector told to ignore its wishes', inspect(secret, { customInspect: false, showHidden: true })],
    ['a format', format('%s %o %j', secret, secret, secret)],
    ['its properties', inspect(Object.getOwnPropertyDescriptors(secret))],
    ['a copy', inspect([Object.assign({}, secret), structuredClone(Object.assign({}, secret))])],
    ['an error', inspect(new Error('refused', { cause: { password: secret } }), { depth: Infinity })],
  ])('does not show in %s', (_, text) => {
    expect(text).not.toContain(CANARY);
  });
});
