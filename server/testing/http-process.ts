import { startProcess, type RunningProcess } from './child-process';
import { freePort } from './free-port';
import { until } from './wait';

/** A real program that serves HTTP on 127.0.0.1; killed when the test file ends. */
export interface HttpProcess extends RunningProcess {
  /** Without a slash at the end. */
  readonly url: string;
  /** The body of a page; rejects unless it is answered with 200. */
  readonly text: (path: string) => Promise<string>;
}

interface HttpProgram {
  readonly command: string;
  /** Its arguments, given the address it is to listen on. */
  readonly args: (address: string) => readonly string[];
  readonly env?: (address: string) => Readonly<Record<string, string>>;
  /** A page that is answered as soon as it is ready. */
  readonly readyPath: string;
}

/** Starts a program on a free port; resolves when it is ready, throws with its output when it ends before. */
export async function startHttpProcess({ command, args, env, readyPath }: HttpProgram): Promise<HttpProcess> {
  const address = `127.0.0.1:${await freePort()}`;
  const running = startProcess(command, args(address), env?.(address));
  const url = `http://${address}`;
  const text = async (path: string) => {
    const response = await fetch(url + path);
    const body = await response.text();
    if (response.status !== 200) throw new Error(`${url}${path} answered ${response.status}: ${body}`);
    return body;
  };
  await until(async () => running.hasExited || (await text(readyPath)), `${command} to answer`);
  if (running.hasExited) {
    await running.exit;
    throw new Error(`${command} ended at once:\n${running.output()}`);
  }
  return Object.assign(running, { url, text });
}
