import { runInNewContext } from 'node:vm';

export interface Bundle {
  readonly dependencies: readonly string[];
  /** Names of what it exports. */
  readonly exports: readonly string[];
}

type Factory = (...modules: unknown[]) => object;

/**
 * Runs an AMD bundle as Grafana's loader does, with stand-ins for what Grafana shares: tells what it asks for and what it
 * exports, not whether it works.
 */
export function loadBundle(code: string): Bundle {
  const defined: { dependencies: readonly string[]; factory: Factory }[] = [];
  const define = (dependencies: readonly string[], factory: Factory): void =>
    void defined.push({ dependencies, factory });
  runInNewContext(code, { define: Object.assign(define, { amd: {} }), ...GLOBALS }, { timeout: 5000 });
  const [module, ...others] = defined;
  if (module === undefined || others.length > 0) {
    throw new Error(`it defines ${String(defined.length)} AMD modules, not one`);
  }
  const exported = module.factory(...module.dependencies.map(() => anything()));
  return { dependencies: [...module.dependencies], exports: Object.keys(exported) };
}

const GLOBALS = { URL, TextDecoder, AbortController, setTimeout, clearTimeout, queueMicrotask };

/** Can be called, constructed, extended, and asked for any property. */
function anything(): unknown {
  const target = function () {
    // Called for its result alone.
  };
  return new Proxy(target, {
    get: (_, name) =>
      name === Symbol.toPrimitive ? () => '' : name === 'prototype' ? (target.prototype as object) : anything(),
    apply: () => anything(),
    construct: () => anything() as object,
  });
}
