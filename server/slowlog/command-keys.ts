/** Where a command has its keys: given all its words, the words that are keys. */
type FindKeys = (args: readonly string[]) => readonly string[];

/** From the word `first` on, every `step`th up to and with `last`, which counts from the end when negative. */
function at(first: number, last = first, step = 1): FindKeys {
  return (args) => {
    const end = last < 0 ? args.length + last : last;
    return args.filter((_, index) => index >= first && index <= end && (index - first) % step === 0);
  };
}

/** A number of keys at `countAt`, the keys behind it; and those at the places before. */
function counted(countAt: number, before: FindKeys = () => []): FindKeys {
  return (args) => {
    const count = Number(args[countAt]);
    return [...before(args), ...args.slice(countAt + 1, countAt + 1 + (Number.isSafeInteger(count) ? count : 0))];
  };
}

/** `STREAMS key key id id`, the word not sought before `from`. */
function streams(from: number): FindKeys {
  return (args) => {
    const word = args.findIndex((arg, index) => index >= from && arg.toLowerCase() === 'streams');
    const rest = word === -1 ? [] : args.slice(word + 1);
    // Of words cut short by the server, the first half are still keys.
    return rest.slice(0, Math.floor(rest.length / 2));
  };
}

/** Which commands have their keys where. A command that is not here has none that are shown. */
const KEYS: readonly (readonly [find: FindKeys, names: string])[] = [
  [
    at(1),
    `append bitcount bitfield bitfield_ro bitpos decr decrby dump expire expireat expiretime get getbit getdel getex
    getrange getset incr incrby incrbyfloat keys move persist pexpire pexpireat pexpiretime psetex pttl restore set
    setbit setex setnx setrange sort sort_ro strlen substr ttl type
    hdel hexists hexpire hexpireat hexpiretime hget hgetall hgetdel hgetex hincrby hincrbyfloat hkeys hlen hmget hmset
    hpersist hpexpire hpexpireat hpexpiretime hpttl hrandfield hscan hset hsetex hsetnx hstrlen httl hvals
    lindex linsert llen lpop lpos lpush lpushx lrange lrem lset ltrim rpop rpush rpushx
    sadd scard sismember smembers smismember spop srandmember srem sscan
    zadd zcard zcount zincrby zlexcount zmscore zpopmax zpopmin zrandmember zrange zrangebylex zrangebyscore zrank zrem
    zremrangebylex zremrangebyrank zremrangebyscore zrevrange zrevrangebylex zrevrangebyscore zrevrank zscan zscore
    xack xackdel xadd xautoclaim xclaim xdel xdelex xlen xpending xrange xrevrange xsetid xtrim
    geoadd geodist geohash geopos georadius georadius_ro georadiusbymember georadiusbymember_ro geosearch pfadd
    json.arrappend json.arrlen json.del json.get json.merge json.numincrby json.set json.type
    ts.add ts.get ts.range ts.revrange bf.add bf.exists bf.madd bf.mexists cf.add cf.exists
    vadd vsim`,
  ],
  [
    at(1, -1),
    'del exists mget pfcount pfmerge sdiff sdiffstore sinter sinterstore sunion sunionstore touch unlink watch',
  ],
  [at(1, -2), 'blpop brpop bzpopmax bzpopmin json.mget'],
  [at(1, -1, 2), 'mset msetnx'],
  [at(1, -1, 3), 'json.mset ts.madd'],
  [at(1, 2), 'blmove brpoplpush copy geosearchstore lcs lmove rename renamenx rpoplpush smove zrangestore'],
  [at(2, -1), 'bitop'],
  [
    at(2),
    `debug|object memory|usage object|encoding object|freq object|idletime object|refcount
    xgroup|create xgroup|createconsumer xgroup|delconsumer xgroup|destroy xgroup|setid
    xinfo|consumers xinfo|groups xinfo|stream`,
  ],
  [counted(1), 'lmpop sintercard zdiff zinter zintercard zmpop zunion'],
  [counted(2), 'blmpop bzmpop'],
  [counted(2, at(1)), 'zdiffstore zinterstore zunionstore'],
  [streams(1), 'xread'],
  [streams(4), 'xreadgroup'],
];

const byName = new Map(KEYS.flatMap(([find, names]) => names.split(/\s+/).map((name) => [name, find] as const)));

/** The keys among the words of a command, whose name is in lower case and with its subcommand: `object|freq`. */
export function commandKeys(name: string, args: readonly string[]): readonly string[] {
  return byName.get(name)?.(args) ?? [];
}
