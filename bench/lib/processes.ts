import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface Running {
  readonly pid: number;
  /** Everything it has written to stdout and stderr so far. */
  output(): string;
  readonly hasExited: boolean;
  /** Resolves with its exit code once it has ended and all its output is there; null: a signal ended it. */
  readonly exit: Promise<number | null>;
  /** From now on it gets no CPU time. */
  pause(): void;
  resume(): void;
  /** Asks it to end, in which it may take its time; resolves when it is gone. */
  end(): Promise<void>;
  /** Ends it at once; resolves when it is gone. */
  stop(): Promise<void>;
}

/** The processes of a benchmark; none outlives it. */
export class Processes {
  private readonly children = new Set<ChildProcess>();

  constructor() {
    process.on('exit', () => this.children.forEach((child) => child.kill('SIGKILL')));
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));
  }

  /** Of the environment it gets PATH alone, so that settings of the machine stay out. Throws when it cannot be run. */
  start(command: string, args: readonly string[]): Running {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'] } });
    const { pid } = child;
    if (pid === undefined) throw new Error(`${command} cannot be run`);
    this.children.add(child);
    const exit = once(child, 'close').then(([code]) => {
      this.children.delete(child);
      return code as number | null; // so it is documented
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    return {
      pid,
      exit,
      output: () => output,
      get hasExited() {
        return child.exitCode !== null || child.signalCode !== null;
      },
      pause: () => void child.kill('SIGSTOP'),
      resume: () => void child.kill('SIGCONT'),
      async end() {
        child.kill('SIGTERM');
        await exit;
      },
      async stop() {
        child.kill('SIGKILL');
        await exit;
      },
    };
  }

  /** Those that run now. */
  pids(): number[] {
    return [...this.children].flatMap(({ pid }) => pid ?? []);
  }

  async stopAll(): Promise<void> {
    const exits = [...this.children].map((child) => {
      child.kill('SIGKILL');
      return once(child, 'close');
    });
    await Promise.all(exits);
  }
}
