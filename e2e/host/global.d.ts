/** SystemJS as its script puts it on the page. */
declare const System: {
  set(id: string, module: object): void;
  import(id: string): Promise<Record<string, unknown>>;
  resolve(id: string, parent?: string): string;
  constructor: { prototype: { resolve(id: string, parent?: string): string } };
};

declare module 'systemjs/dist/system.js';
declare module 'systemjs/dist/extras/amd.js';
