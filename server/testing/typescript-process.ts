import { join } from 'node:path';
import { startProcess, type RunningProcess } from './child-process';

/** Has Node compile TypeScript as it is imported, then runs the file that its first argument names. */
const RUN = `
  const { readFileSync } = require('node:fs');
  const { transformSync } = require(process.argv[1]);
  const options = { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'commonjs' } };
  require.extensions['.ts'] = (module, filename) =>
    module._compile(transformSync(readFileSync(filename, 'utf8'), { ...options, filename }).code, filename);
  require(process.argv[2]);
`;

/** Runs a file of this directory in a process of its own; it sees `args` from `process.argv[3]` on. */
export function startTypeScript(file: string, args: readonly string[]): RunningProcess {
  return startProcess(process.execPath, ['-e', RUN, require.resolve('@swc/core'), join(__dirname, file), ...args]);
}
