/** One sentence for each failure: what is wrong, and what to do. */

export const UNREACHABLE =
  "Grafana's server cannot reach the collector: check that it is running, and that the URL has its scheme, host and port (9121 unless it was changed, not Redis' 6379) as seen from Grafana's server.";
export const UNAUTHORIZED =
  'The collector refused the credentials: set the user name and password, or the token, that its configuration has under web.';
export const FORBIDDEN =
  "Access was refused on the way to the collector: let the proxy in front of it, or Grafana's data source permissions, allow this address.";
export const WEB_PAGE =
  'A web page came back instead of JSON: the URL points at Grafana or at another site; use the address of the collector alone, such as http://collector:9121.';
export const NOT_FOUND =
  'There is no Redis Vitals API at this URL: use the address of the collector without a path, and see that it is no redis_exporter (they share port 9121) and no older version of Redis Vitals.';
export const NOT_OURS =
  'What answered at this URL is no Redis Vitals collector: use the address of the collector, such as http://collector:9121.';
export const TIMEOUT =
  'The answer took too long: ask for fewer series or a shorter time, or raise the timeout in the settings of the data source.';
export const NOT_SAVED = 'Grafana does not know this data source: save it, then try again.';
export const TLS_MISMATCH =
  'The collector speaks TLS at this port: use https:// in the URL, and trust its certificate under TLS settings.';
