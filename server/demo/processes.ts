import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Guard } from './guard';

/** Of what a process wrote last, shown when it fails. */
const LINES_KEPT = 8;

/** A process of the demo. */
export interface Running {
  /** Ends it at once; resolves when it is gone. */
  kill(): Promise<void>;
}

interface Entry {
  readonly name: string;
  readonly child: ChildProcess;
  readonly gone: Promise<void>;
  /** Newest last. */
  readonly lines: string[];
}

/** All processes of the demo: when one ends by itself, that is told; `close` ends all. */
export class Processes {
  /** Resolves with what is told of the first process that has ended by itself. */
  readonly failure: Promise<Error>;
  private readonly guard: Guard;
  private readonly entries = new Map<ChildProcess, Entry>();
  private fail: (error: Error) => void = () => undefined;

  /** The directory is removed with the last of them. */
  constructor(directory: string) {
    this.guard = new Guard(directory);
    this.failure = new Promise((resolve) => (this.fail = resolve));
  }

  /** `onLine` is given each line of its standard output. */
  start(name: string, program: string, args: readonly string[], onLine?: (line: string) => void): Running {
    const lines: string[] = [];
    // In groups of their own: a Ctrl-C on the terminal is for the demo, which then ends them.
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    if (child.pid !== undefined) this.guard.watch(child.pid);
    createInterface(child.stderr).on('line', (line) => keep(lines, line));
    createInterface(child.stdout).on('line', (line) => {
      keep(lines, line);
      onLine?.(line);
    });
    let whyNot = '';
    child.on('error', (error) => (whyNot = error.message));
    const gone = new Promise<void>((resolve) => child.on('close', () => resolve()));
    const entry = { name, child, gone, lines };
    this.entries.set(child, entry);
    void gone.then(() => this.ended(entry, whyNot));
    return { kill: () => this.kill(entry) };
  }

  /** Ends them all and removes the directory; resolves when that is done. */
  async close(): Promise<void> {
    await Promise.all([...this.entries.values()].map((entry) => this.kill(entry)));
    await this.guard.close();
  }

  private ended({ name, child, lines }: Entry, whyNot: string): void {
    if (child.pid !== undefined) this.guard.forget(child.pid);
    if (!this.entries.delete(child)) return; // as it was meant to
    const how = whyNot || (child.signalCode ?? `exit code ${child.exitCode ?? 'unknown'}`);
    const words = lines.map((line) => `\n  ${line}`).join('');
    this.fail(new Error(`${name} has ended by itself (${how})${words && `; it wrote last:${words}`}`));
  }

  private async kill(entry: Entry): Promise<void> {
    this.entries.delete(entry.child);
    entry.child.kill('SIGKILL');
    await entry.gone;
  }
}

function keep(lines: string[], line: string): void {
  if (line.trim() === '') return;
  lines.push(line);
  if (lines.length > LINES_KEPT) lines.shift();
}
