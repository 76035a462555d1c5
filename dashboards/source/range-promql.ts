const rate = (name: string): string => `rate(redis_${name}{$S}[$__range])`;

/** Over the whole time range; of an instance of which nobody asks for keys there is none. */
export const HIT_RATIO_OF_RANGE = `${rate('keyspace_hits_total')} / (${rate('keyspace_hits_total')} + ${rate('keyspace_misses_total')} > 0)`;
