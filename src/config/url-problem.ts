const EXAMPLE = 'http://localhost:9121';

/** What is wrong with the address of a collector, and what to do; nothing while none is given. */
export function urlProblem(text: string): string | undefined {
  const address = text.trim();
  if (address === '') {
    return undefined;
  }
  if (/^(redis|rediss|valkey|valkeys|unix):/i.test(address)) {
    return `This is the address of a Redis server. Give the collector's, for example ${EXAMPLE}; the collector knows its servers.`;
  }
  const url = /^https?:\/\//i.test(address) ? URL.parse(address) : null;
  return url === null ? `Give the whole address, for example ${EXAMPLE}.` : partsProblem(url);
}

function partsProblem(url: URL): string | undefined {
  if (url.username !== '' || url.password !== '') {
    return 'Leave the user and password out of the address: below, under Authentication, they are kept encrypted.';
  }
  if (url.port === '6379' || url.port === '26379') {
    return `Port ${url.port} is that of Redis itself. The collector listens on 9121 unless told otherwise.`;
  }
  if (url.search !== '' || url.hash !== '') {
    return `Leave out what follows the path: ${url.search}${url.hash}`;
  }
  const page = /\/(metrics|scrape|sd|health|ready|api(\/.*)?)\/?$/.exec(url.pathname)?.[0];
  return page === undefined ? undefined : `Leave ${page} out: the plugin adds its paths itself.`;
}
