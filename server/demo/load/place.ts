import { Redis, type RedisOptions } from 'ioredis';
import type { HostPort } from '../../config/host-port';
import type { TargetUrl } from '../../config/target-url';
import { formatAddress } from '../../model/target';

const RETRY_MS = 500;

/** All but what would change the type of replies. */
export type ConnectOptions = Omit<RedisOptions, 'replyMapping'>;

/** A server that gets load, or the master and the replicas that a sentinel tells of. */
export interface Place {
  /** For people: without credentials. */
  readonly name: string;
  readonly options: ConnectOptions;
  /** Replicas can be found there, too. */
  readonly hasReplicas: boolean;
}

export function placeOfUrl({ address, tls, username, password }: TargetUrl): Place {
  return {
    name: formatAddress(address),
    options: {
      ...(address.kind === 'unix' ? { path: address.path } : { host: address.host, port: address.port }),
      ...(tls && { tls: {} }),
      ...(username !== undefined && { username }),
      ...(password !== undefined && { password: password.reveal() }),
    },
    hasReplicas: false,
  };
}

export function placeOfSentinels(sentinels: readonly HostPort[], master: string): Place {
  return {
    name: master,
    options: {
      sentinels: sentinels.map(({ host, port = 26_379 }) => ({ host, port })),
      name: master,
      failoverDetector: true,
    },
    hasReplicas: true,
  };
}

/** A connection that comes back again and again; what is sent while it is not there fails at once. */
export function connect({ options }: Place, connectionName: string, more: ConnectOptions = {}): Redis {
  return new Redis({
    ...options,
    connectionName,
    protocol: 2,
    disableClientInfo: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    retryStrategy: () => RETRY_MS,
    sentinelRetryStrategy: () => RETRY_MS,
    ...more,
  });
}
