import type { z } from 'zod';

/** A schema whose output is the contract's type, each way: neither can get ahead of the other. */
export function of<T>() {
  return <S extends z.ZodType<T>>(schema: S & (T extends z.output<S> ? unknown : never)): S => schema;
}
