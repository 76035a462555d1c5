import { startProcess } from './child-process';
import { until } from './wait';

describe('startProcess', () => {
  it('tells output and exit code, and keeps the environment of the test out', async () => {
    process.env['REDIS_ADDR'] = 'redis://elsewhere';
    const child = startProcess('sh', ['-c', 'echo "$REDIS_ADDR-$MINE"; echo oops >&2; exit 3'], { MINE: 'yes' });
    expect(await child.exit).toBe(3);
    expect(child.hasExited).toBe(true);
    expect(child.output().split('\n').sort()).toEqual(['', '-yes', 'oops']);
    await child.kill();
  });

  it('tells the signal that ended it', async () => {
    const child = startProcess('sh', ['-c', 'echo ready; exec sleep 60']);
    await until(() => child.output() === 'ready\n', 'the process to run');
    expect(child.hasExited).toBe(false);
    child.signal('SIGTERM');
    expect(await child.exit).toBe('SIGTERM');
  });

  it('ends a process that has been stopped', async () => {
    const child = startProcess('sleep', ['60']);
    child.signal('SIGSTOP');
    await child.kill();
    expect(await child.exit).toBe('SIGKILL');
  });
});
