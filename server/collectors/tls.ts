import { isAtLeast } from '../model/server-facts';
import { fieldsLike, infoCollector, infoFields } from './info-fields';

const { gauge } = infoFields('TLS');

// prettier-ignore
const FIELDS = [
  gauge('tls_server_cert_expires_in_seconds', 'redis_tls_server_cert_expires_in_seconds', 'seconds',
    'Time until the certificate the server shows to clients expires; 0 without one (Valkey 9.1+).'),
  gauge('tls_client_cert_expires_in_seconds', 'redis_tls_client_cert_expires_in_seconds', 'seconds',
    'Time until the certificate the server shows to other servers expires; 0 without one (Valkey 9.1+).'),
  gauge('tls_ca_cert_expires_in_seconds', 'redis_tls_ca_cert_expires_in_seconds', 'seconds',
    'Time until the first of the trusted authorities expires; 0 without one (Valkey 9.1+).'),
  gauge('tls_ca_cert_count', 'redis_tls_ca_certs', 'none',
    'Certificates of trusted authorities the server has loaded (Valkey 9.1+).'),
];

const certificate = infoFields('TLS', ['certificate', 'serial']).info(
  'tls_<certificate>_cert_serial',
  'redis_tls_certificate_info',
  'none',
  'Serial number of a certificate in use: server, client or ca; none when there is no such certificate (Valkey 9.1+).'
).family;
const serials = fieldsLike('TLS', /^tls_(server|client|ca)_cert_serial$/);

/** INFO section TLS. */
export const tls = infoCollector({
  name: 'tls',
  help: 'Expiry and serial numbers of the TLS certificates of the server (Valkey 9.1+).',
  fields: FIELDS,
  families: [certificate],
  applies: ({ flavour, version, mode }) => flavour === 'valkey' && mode !== 'sentinel' && isAtLeast(version, 9, 1),
  collect({ info }, sink) {
    for (const { at, part } of serials(info.shape)) sink.add(certificate, 1, [part, info.values[at] as string]);
  },
});
