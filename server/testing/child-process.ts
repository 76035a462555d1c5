import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { atEnd } from './cleanup';

/** A real process the test runs; killed when the test file ends, or when the test itself is killed. */
export interface RunningProcess {
  readonly pid: number;
  /** Everything it has written to stdout and stderr so far. */
  output(): string;
  /** Its exit code, or the signal that ended it. */
  readonly exit: Promise<number | NodeJS.Signals>;
  readonly hasExited: boolean;
  signal(name: NodeJS.Signals): void;
  /** Ends it at once; resolves when it is gone, also when it was gone before. */
  kill(): Promise<void>;
}

/** Of the test's own environment the process gets PATH and what `env` gives, so that a machine's settings stay out.
 * It runs in the directory `cwd`, else in the test's. */
export function startProcess(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd?: string
): RunningProcess {
  const child = spawn(command, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], ...env },
  });
  outliveNobody(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  // `close` comes when the output has been read to its end, unlike `exit`; both give code and signal.
  const exit = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  const started: RunningProcess = {
    pid: child.pid!,
    output: () => output,
    exit,
    get hasExited() {
      return child.exitCode !== null || child.signalCode !== null;
    },
    signal: (name) => void child.kill(name),
    async kill() {
      child.kill('SIGKILL');
      await exit;
    },
  };
  atEnd(() => started.kill());
  return started;
}

/** Reads process ids and, when its input ends because the test's own process has ended, kills them. */
const REAPER = `trap '' INT; while read -r pid; do pids="$pids $pid"; done; kill -9 $pids`;
let reaper: ChildProcess | undefined;

function outliveNobody(child: ChildProcess): void {
  if (reaper === undefined) {
    const started = spawn('/bin/sh', ['-c', REAPER], { stdio: ['pipe', 'ignore', 'ignore'] });
    reaper = started;
    atEnd(() => void started.kill('SIGKILL'));
  }
  reaper.stdin!.write(`${child.pid}\n`);
}
