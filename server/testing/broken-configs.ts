import type { Canaries } from './canaries';

/** Configuration files that are refused, by what is wrong with them, with a secret in every place somebody may put one. */
export function brokenConfigs(canaries: Canaries): readonly (readonly [mistake: string, text: string])[] {
  const secret = (place: string) => canaries.plant(place);
  const quoted = (place: string) => JSON.stringify(secret(place));
  const target = (text: string) => `targets:\n  - url: redis://cache\n    ${text}\n`;
  return [
    ['wrong values', wrongValues(secret)],
    ['text that does not end', target(`password: "${secret('a text that does not end')}`)],
    ['text that goes on', target(`password: "abc" ${canaries.plantPlain('text behind text')}`)],
    ['an alias', target(`password: *${canaries.plantPlain('an alias')}`)],
    ['a tag', target(`password: !${canaries.plantPlain('a tag')} x`)],
    ['a reserved character', target(`password: @${secret('text behind a reserved character')}`)],
    ['a directive', `%${canaries.plantPlain('a directive')}\n${target('username: x')}`],
    ['a tabulator', target(`username: x\n\tpassword: ${quoted('a line with a tabulator')}`)],
    ['a key given twice', target(`password: ${quoted('a first password')}\n    password: ${quoted('a second one')}`)],
    ['a map within a line', target(`password: ${canaries.plantPlain('a map in a line')}: x: y`)],
    ['a password alone', secret('a file that is a password')],
    ['a list', JSON.stringify([secret('an item')])],
  ];
}

/** As many mistakes as one file can have that is good YAML. */
function wrongValues(secret: (place: string) => string): string {
  const url = (place: string, host: string) => `redis://user:${encodeURIComponent(secret(place))}@${host}`;
  return JSON.stringify({
    defaults: { password: { value: secret('a map for a password') }, passwrod: secret('an unknown key of defaults') },
    password: secret('a password at the top'),
    web: {
      basicAuthUsers: {
        plain: secret('a password in place of its hash'),
        list: [secret('a list for a hash')],
        [`user:${secret('a user with a password')}`]: 'x',
      },
      bearerTokens: [
        secret('a token as text'),
        { token: `two words ${secret('a token with blanks')}` },
        { token: [secret('a list for a token')] },
        { tokens: secret('an unknown key of tokens') },
        { token: secret('a token given twice'), tokenEnv: 'PATH' },
      ],
    },
    targets: [
      { url: url('the URL with a bad port', 'a1:99999') },
      { url: url('the URL with a bad host', 'a b') },
      { url: `redis://:${secret('the URL that is not encoded')}@a2` },
      { url: url('the URL of an unknown scheme', 'a3').replace('redis', 'http') },
      { url: `${url('the URL with a bad option', 'a4')}?password=${secret('an option of a URL')}` },
      { url: `${url('the URL with a bad database', 'a5')}/x` },
      { url: [url('the URL in a list', 'a6')] },
      { url: url('the URL beside a password', 'a7'), password: secret('the password beside a URL') },
      { url: url('the URL of two', 'a8') },
      { url: url('the other URL of two', 'a8') },
      { url: 'a9', password: [secret('a list for a password')] },
      { url: 'a10', password: secret('the password beside a file'), passwordFile: '/nonexistent' },
      { url: 'a11', password: secret('the password of a target'), timeout: '11s' },
      { url: 'a12', labels: { 'no-label': 'x' }, auth: secret('an unknown key of a target') },
      { url: 'a13', tls: { passphrase: secret('an unknown key of tls') } },
      url('the URL in place of a target', 'a14'),
      { [url('the URL in place of a key', 'a15')]: true },
      { name: url('the URL in place of a name', 'a16'), url: 'a16', interval: 'x' },
      { url: 'a17', passwordEnv: secret('the password in place of a variable') },
    ],
  });
}
