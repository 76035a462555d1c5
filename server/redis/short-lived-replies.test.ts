import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Command } from 'ioredis';
import { keepRepliesShortLived } from './short-lived-replies';

/** The text of a method in the sources of ioredis that are installed. */
function methodOfCommand(name: string): string {
  const source = readFileSync(require.resolve('ioredis/built/Command'), 'utf8');
  return new RegExp(`\\n    ${name}\\(.*?\\n    }\\n`, 's').exec(source)?.[0] ?? '';
}

describe('keepRepliesShortLived', () => {
  it('replaces the method it was written for', () => {
    const text = methodOfCommand('initPromise').replace(/\s+/g, ' ');
    // When this fails, ioredis has changed the method: see whether the reason for replacing it is still there.
    expect(createHash('sha256').update(text).digest('hex').slice(0, 16)).toBe('051c6010c1b9d290');
  });

  describe('leaves a command that', () => {
    beforeAll(keepRepliesShortLived);

    it('resolves with its reply, decoded', async () => {
      const command = new Command('INFO', ['everything'], { replyEncoding: 'utf8' });
      command.resolve(Buffer.from('# Server'));
      await expect(command.promise).resolves.toBe('# Server');
      expect(command.isResolved).toBe(true);
    });

    it('rejects with its error', async () => {
      const command = new Command('SLOWLOG', ['LEN']);
      command.reject(new Error('NOPERM'));
      await expect(command.promise).rejects.toThrow('NOPERM');
      expect(command.isResolved).toBe(false);
    });

    it('is written with all its arguments as text', () => {
      const command = new Command('SLOWLOG', ['GET', 1]);
      expect(String(command.toWritable({}))).toBe('*3\r\n$7\r\nSLOWLOG\r\n$3\r\nGET\r\n$1\r\n1\r\n');
    });
  });
});
