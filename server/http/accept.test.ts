import { acceptsGzip, negotiateFormat } from './accept';

describe('negotiateFormat', () => {
  it.each([
    ['nothing', undefined, 'text'],
    ['an empty header', '', 'text'],
    ['curl', '*/*', 'text'],
    ['a browser', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text'],
    [
      'Prometheus 2',
      'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
      'openmetrics',
    ],
    [
      'Prometheus 3',
      'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1',
      'openmetrics',
    ],
    [
      'Prometheus told to prefer text',
      'text/plain;version=0.0.4;q=0.6,application/openmetrics-text;version=1.0.0;q=0.5,*/*;q=0.1',
      'text',
    ],
    ['OpenMetrics of any version', 'application/openmetrics-text', 'openmetrics'],
    ['OpenMetrics in capitals and quotes', 'Application/OpenMetrics-Text; Version="1.0.0"', 'openmetrics'],
    ['a version of OpenMetrics nobody writes', 'application/openmetrics-text;version=2.0.0', 'text'],
    ['OpenMetrics that is not wanted', 'application/openmetrics-text;q=0, */*', 'text'],
    ['anything but text', 'text/plain;q=0, */*', 'openmetrics'],
    ['any application type', 'application/*', 'openmetrics'],
    ['both alike', 'text/plain, application/openmetrics-text', 'text'],
    ['OpenMetrics, else anything', 'application/openmetrics-text;version=1.0.0, */*', 'openmetrics'],
    ['a quality nobody can read', 'application/openmetrics-text;q=much', 'text'],
    ['something else only', 'application/json', 'text'],
  ])('%s', (_, header, format) => {
    expect(negotiateFormat(header)).toBe(format);
    expect(negotiateFormat(header)).toBe(format); // as remembered
  });

  it('goes on deciding after more headers than it remembers', () => {
    for (let index = 0; index < 200; index++) negotiateFormat(`text/plain, x/y${index}`);
    expect(negotiateFormat('application/openmetrics-text')).toBe('openmetrics');
  });
});

describe('acceptsGzip', () => {
  it.each([
    [undefined, false],
    ['', false],
    ['gzip', true],
    ['gzip, deflate, br', true],
    ['GZIP;Q=1', true],
    ['gzip;q=0', false],
    ['gzip;q=0, *', false],
    ['*', true],
    ['*;q=0', false],
    ['deflate', false],
    ['identity', false],
    ['identity;q=0.5, gzip;q=1', true],
    ['identity, gzip;q=0.5', false],
  ])('%s: %s', (header, accepted) => {
    expect(acceptsGzip(header)).toBe(accepted);
  });
});
