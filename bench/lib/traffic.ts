import type { Redis } from 'ioredis';

/** Sixty commands; `#` is the round's number. The server must refuse those with a `!`. */
const MANY_COMMANDS = `
SET string:# value-#
SETEX session:# 3600 user-#
GET string:#
GET absent:#
MSET multi:#:a 1 multi:#:b 2
MGET multi:#:a multi:#:b
APPEND string:# -more
STRLEN string:#
INCR counter
INCRBY counter 5
DECR counter
SETBIT bits # 1
BITCOUNT bits
EXISTS string:#
EXPIRE multi:#:a 900
TTL multi:#:a
PERSIST multi:#:b
TYPE string:#
RENAME multi:#:b renamed:#
UNLINK renamed:#
DEL multi:#:a
HSET hash:# name value-# age #
HGET hash:# name
HMGET hash:# name age
HGETALL hash:#
HLEN hash:#
LPUSH list:# a b c
RPUSH list:# d
LRANGE list:# 0 -1
LLEN list:#
LPOP list:#
RPOP list:#
SADD set:# a b c
SMEMBERS set:#
SISMEMBER set:# a
SCARD set:#
SREM set:# a
ZADD board # player-#
ZINCRBY board 2 player-#
ZRANGE board 0 9
ZRANGEBYSCORE board 0 10
ZSCORE board player-#
ZCARD board
XADD stream * field value-#
XLEN stream
PFADD visitors user-#
PFCOUNT visitors
GEOADD places 13.36 38.11 place-#
GEOPOS places place-#
SCAN 0 COUNT 10
SORT list:# ALPHA
DBSIZE
PUBLISH news item-#
EVAL return(redis.call('get',KEYS[1])) 1 string:#
OBJECT ENCODING string:#
MULTI
INCR counter
EXEC
!INCR list:#
!EVALSHA 0000000000000000000000000000000000000000 0
!NOSUCHCOMMAND
`;

/** What a cache with some lists is asked. */
const FEW_COMMANDS = `
SETEX session:# 3600 user-#
GET session:#
GET absent:#
HSET hash:# name value-# age #
HGETALL hash:#
INCR counter
LPUSH jobs a-#
RPOP jobs
EXPIRE hash:# 900
DEL gone:#
`;

/** What a round of traffic sends. */
export const TRAFFIC = {
  many: MANY_COMMANDS.trim().split('\n'),
  few: FEW_COMMANDS.trim().split('\n'),
} as const satisfies Record<string, readonly string[]>;

/** Slow enough for the slow log and an event of the latency monitor. */
const SLOW_SCRIPT = 'local n = 0 for i = 1, 3e6 do n = n + i end return n';

/** Leaves keys in four databases and in the server's statistics what busy clients leave: of commands, errors, slow ones. */
export async function makeTraffic(redis: Redis, rounds: number, lines: readonly string[]): Promise<void> {
  for (const database of [1, 4, 9, 0]) {
    const setUp = Array.from({ length: 20 }, (_, key) => `SET other:${key} value EX ${key < 10 ? 3600 : 7200}`);
    await send(redis, [`SELECT ${database}`, ...setUp]);
  }
  for (let round = 0; round < rounds; round++) await sendRound(redis, lines, round);
  for (let slow = 0; slow < 5; slow++) await redis.call('EVAL', SLOW_SCRIPT, '0');
}

export async function sendRound(redis: Redis, lines: readonly string[], round: number): Promise<void> {
  await send(
    redis,
    lines.map((line) => line.replaceAll('#', `${round}`))
  );
}

async function send(redis: Redis, lines: readonly string[]): Promise<void> {
  const pipeline = redis.pipeline();
  for (const line of lines) {
    const [command = '', ...args] = line.replace(/^!/, '').split(' ');
    pipeline.call(command, ...args);
  }
  const replies = (await pipeline.exec()) ?? [];
  lines.forEach((line, index) => {
    const error = replies[index]?.[0] ?? null;
    if (line.startsWith('!') === (error === null)) {
      throw new Error(`${line}: ${error?.message ?? 'is not refused by this server'}`);
    }
  });
}
