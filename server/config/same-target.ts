import { isDeepStrictEqual } from 'node:util';
import type { Target } from '../model/target';

/** True when a reload leaves a target as it was, so that its connection and its polls can go on. */
export function sameTarget(a: Target, b: Target): boolean {
  return isDeepStrictEqual(comparable(a), comparable(b));
}

/** Secrets look all alike from outside: they are compared by what they hide. */
function comparable(target: Target): object {
  const { password } = target;
  return { ...target, password: password?.from === 'value' ? { value: password.value.reveal() } : password };
}
