import { collected, recordedInfo } from '../testing/collected';
import { tls } from './tls';

function valkey(version: string, ...lines: readonly string[]): string {
  return ['# Server', `valkey_version:${version}`, '', '# TLS', ...lines, ''].join('\r\n');
}

describe('tls', () => {
  it('gives expiry and serial number of each certificate', () => {
    const info = valkey(
      '9.1.0',
      'tls_server_cert_serial:01A2',
      'tls_server_cert_expires_in_seconds:86400',
      'tls_client_cert_serial:none',
      'tls_client_cert_expires_in_seconds:0',
      'tls_ca_cert_serial:03C4',
      'tls_ca_cert_expires_in_seconds:-5',
      'tls_ca_cert_count:2'
    );
    expect(collected(tls, info)).toEqual({
      redis_tls_server_cert_expires_in_seconds: 86400,
      redis_tls_client_cert_expires_in_seconds: 0,
      redis_tls_ca_cert_expires_in_seconds: -5,
      redis_tls_ca_certs: 2,
      'redis_tls_certificate_info{certificate="server",serial="01A2"}': 1,
      'redis_tls_certificate_info{certificate="client",serial="none"}': 1,
      'redis_tls_certificate_info{certificate="ca",serial="03C4"}': 1,
    });
  });

  it.each([
    ['Valkey before 9.1', valkey('9.0.3', 'tls_ca_cert_count:2')],
    ['Redis', valkey('9.1.0', 'tls_ca_cert_count:2').replace('valkey_version', 'redis_version')],
    ['a recorded Valkey 8.0', recordedInfo('valkey-8.0', 'master')],
  ])('does not apply to %s', (_, info) => {
    expect(collected(tls, info)).toEqual({});
  });
});
