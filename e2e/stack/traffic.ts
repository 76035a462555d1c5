import type { Redis } from './redis';

/** Long enough for the slow log's limit of 2 ms that the stack's servers have. */
const SLOW = `EVAL "local t = 0 for i = 1, 1000000 do t = t + i end return t" 0`;

/** Sets, gets, misses, a queue, expiring keys and now and then a slow command, until stopped. */
export function startTraffic(redis: Redis): () => void {
  const socket = redis.connect();
  const reporter = redis.connect();
  const send = (...commands: string[]) =>
    socket.writable && socket.write(commands.map((line) => `${line}\r\n`).join(''));
  send('CLIENT SETNAME shop-web');
  reporter.write('CLIENT SETNAME reports\r\nSELECT 3\r\nSET report:1 ready\r\n');
  let round = 0;
  const timer = setInterval(() => {
    round += 1;
    const id = round % 50;
    send(
      `SET cart:${id} ${'x'.repeat(id * 8)} EX 600`,
      `GET cart:${id}`,
      `GET cart:none:${id}`,
      `HSET user:${id} name n${id}`
    );
    send(`LPUSH mail job:${id}`, 'RPOP mail', `INCR visits`);
    if (round % 20 === 0) send(SLOW);
  }, 50);
  return () => {
    clearInterval(timer);
    socket.destroy();
    reporter.destroy();
  };
}
