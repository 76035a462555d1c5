import type { VitalsSettings } from '../config/settings';

/** Those of a data source that was just added. */
export const emptySettings = {
  id: 1,
  uid: 'vitals',
  orgId: 1,
  name: 'Redis Vitals',
  type: 'redisvitals-redis-datasource',
  typeName: 'Redis Vitals',
  typeLogoUrl: '',
  access: 'proxy',
  url: '',
  user: '',
  basicAuth: false,
  basicAuthUser: '',
  isDefault: false,
  jsonData: {},
  secureJsonFields: {},
  readOnly: false,
  withCredentials: false,
} as unknown as VitalsSettings; // but for `database`, which is deprecated
