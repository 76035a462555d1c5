import { keyPattern } from './key-pattern';

describe('keyPattern', () => {
  it.each([
    ['user:1234:cart', 'user:*:cart'],
    ['user:1:2:3', 'user:*:*:*'],
    ['{user:17}.profile', '{user:*}.profile'],
    ['shard12/queue-3', 'shard*/queue-*'],
    ['UserProfile_42', 'UserProfile_*'],
    ['rate-limit.per-minute', 'rate-limit.per-minute'],
    ['2024-11-20', '*'],
    ['10.0.0.17', '*'],
    ['cache:v2:home', 'cache:v*:home'],
    ['Straße:ключ:7:鍵', 'Straße:ключ:*:鍵'],
    ['12345', '*'],
    ['', ''],
    ['::', '::'],
    ['*', '*'],
    ['job#9f8e7d', 'job#*'],
  ])('%j becomes %j', (key, expected) => {
    expect(keyPattern(key)).toBe(expected);
  });

  it.each([
    ['a UUID', '550e8400-e29b-41d4-a716-446655440000'],
    ['a hash', '5d41402abc4b2a76b9719d911017c592'],
    ['a session token', 'dGhpcyBpcyBhIHNlY3JldA'],
    ['a token with dashes', 'eyJhbGciOi-JIUzI1NiIs_InR5cCI6IkpXVCJ9'],
    ['an address of e-mail', 'ada.lovelace@example.com'],
    ['a telephone number', '+4930123456'],
    ['a long word', 'a'.repeat(40)],
    ['bytes', 'ab\u0001\ufffd'],
  ])('hides %s', (_, secret) => {
    expect(keyPattern(`session:${secret}:data`)).toBe('session:*:data');
  });

  it('is no longer than it need be', () => {
    expect(keyPattern('part:'.repeat(1000))).toBe(`${'part:'.repeat(20)}…`);
  });
});
