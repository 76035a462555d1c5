import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredEvent } from '../history/interfaces';
import { temporaryDirectory } from '../testing/cleanup';
import { until } from '../testing/wait';
import { HistoryClient } from './client';
import type { ToThread } from './protocol';

/** Stands for a thread: opens at once, writes down what it is told, and dies of any question for the catalogue. */
const MORTAL = `
  const { appendFileSync } = require('node:fs');
  const { parentPort, workerData } = require('node:worker_threads');
  parentPort.postMessage({ type: 'ready', positions: [] });
  parentPort.on('message', (messages) => {
    for (const message of messages) {
      if (message.route === 'catalog') process.exit(3);
      if (message.route === 'events') continue; // never answered
      if (message.type === 'close') parentPort.close();
      appendFileSync(workerData.directory + '/told', JSON.stringify(message) + '\\n');
    }
  });
`;
const STOPPING = 'The collector is stopping: ask again once it is back.';

const event = (text: string): Omit<StoredEvent, 'id'> => ({
  timeMs: 1,
  target: 'one',
  kind: 'restart',
  severity: 'info',
  text,
  details: {},
});

function prepare(script: string) {
  const directory = temporaryDirectory();
  const thread = join(directory, 'thread.js');
  writeFileSync(thread, script);
  const logged: string[] = [];
  const log = (_fields: object, message: string) => void logged.push(message);
  const options = { directory, retentionMs: 1, synchronous: 'normal', families: [] } as const;
  const open = () => HistoryClient.open(options, { info: log, warn: log, error: log }, thread);
  const told = (type: ToThread['type']) =>
    readFileSync(join(directory, 'told'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as ToThread) // as the script above wrote it
      .filter((message) => message.type === type);
  return { open, told, logged };
}

const ask = (client: HistoryClient, route: 'catalog' | 'query' | 'events') =>
  client.request(route, new Uint8Array()).then(
    () => 'answered',
    (error: unknown) => (error as Error).message
  );

describe('a thread that ends before its store is open', () => {
  it.each([
    ['saying nothing', '', "the history's thread ended at once, with code 0: see that there is enough memory"],
    [
      'with a code',
      'process.exit(7)',
      "the history's thread ended at once, with code 7: see that there is enough memory",
    ],
    ['of an error', 'throw new Error("no such module")', 'no such module'],
    [
      'as the directory is in use',
      'require("node:worker_threads").parentPort.postMessage({ type: "refused", message: "in use by process 1" })',
      'in use by process 1',
    ],
  ])('%s ends the start', async (_, script, message) => {
    await expect(prepare(script).open()).rejects.toThrow(message);
  });
});

describe('events and entries', () => {
  it('that come while the thread is started anew are told to the new one', async () => {
    const { open, told } = prepare(MORTAL);
    const { client } = await open();
    client.addEvents([event('before')]);
    const refused = await ask(client, 'catalog');
    client.addEvents([event('between')]);
    client.setTargets([]);
    await until(() => told('targets').length > 0, 'the new thread to be told of targets');
    client.addEvents([event('after')]);
    await client.close();
    expect({ refused, events: told('events') }).toEqual({
      refused: 'The history is being started anew: ask again in a few seconds.',
      events: ['before', 'between', 'after'].map((text) => ({ type: 'events', events: [event(text)] })),
    });
  });
});

describe('a client that stops', () => {
  it('refuses questions that wait, at once, and goes on taking in what comes', async () => {
    const { open, told } = prepare(MORTAL);
    const { client } = await open();
    const atHand = ask(client, 'events');
    const waiting = [ask(client, 'query'), ask(client, 'query')];
    client.stop();
    expect(await Promise.all([...waiting, ask(client, 'query')])).toEqual([STOPPING, STOPPING, STOPPING]);
    client.addEvents([event('late')]);
    await client.close();
    expect({ atHand: await atHand, events: told('events') }).toEqual({
      atHand: STOPPING,
      events: [{ type: 'events', events: [event('late')] }],
    });
  });
});
