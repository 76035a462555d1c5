import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Keeps a list of process ids; once its input ends, kills them and removes the directory. */
const SCRIPT = `
trap '' HUP INT TERM
pids=' '
while read -r word pid; do
  case $word in
    watch) pids="$pids$pid " ;;
    forget) pids="\${pids%% $pid *} \${pids#* $pid }" ;;
  esac
done
[ "$pids" = ' ' ] || kill -9 $pids 2>/dev/null
rm -rf "$1"
`;

/** Ends processes and removes a directory when this process ends, even by SIGKILL: then nobody else could. */
export class Guard {
  private readonly shell: ChildProcess;

  constructor(directory: string) {
    // In a group of its own, which a Ctrl-C on the terminal does not reach.
    this.shell = spawn('/bin/sh', ['-c', SCRIPT, 'sh', directory], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    this.shell.on('error', () => undefined); // without a shell there is no guard, and all else works
    this.shell.stdin?.on('error', () => undefined);
  }

  watch(pid: number): void {
    this.shell.stdin?.write(`watch ${pid}\n`);
  }

  /** It has ended: its number may become another process'. */
  forget(pid: number): void {
    this.shell.stdin?.write(`forget ${pid}\n`);
  }

  /** Does at once what it is there for. */
  async close(): Promise<void> {
    this.shell.stdin?.end();
    const { pid, exitCode, signalCode } = this.shell;
    if (pid !== undefined && exitCode === null && signalCode === null) await once(this.shell, 'exit');
  }
}
