import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryDirectory } from '../testing/cleanup';
import { differences, pointsOf } from '../testing/history-samples';
import { storyNumber, storyUpTo } from '../testing/history-story';
import { randomNumbers } from '../testing/random';
import { startTypeScript } from '../testing/typescript-process';
import { until } from '../testing/wait';
import { openDiskStore } from './disk-store';
import { verifyStore } from './verify';

const KILLS = 5;

it('loses nothing it has acknowledged when its process is killed', async () => {
  const directory = temporaryDirectory();
  const random = randomNumbers(3);
  for (let kill = 0; kill < KILLS; kill++) {
    const writer = startTypeScript('history-writer.ts', [directory]);
    await until(() => writer.output().includes('\n'), 'the writer to acknowledge a poll');
    // Not a wait for anything: the kill is to hit it anywhere.
    await sleep(random() * 300);
    await writer.kill();
    const acknowledged = Number(/(\d+)\n[^\n]*$/.exec(writer.output())![1]);
    expect(verifyStore(directory, () => undefined).problems).toEqual([]);
    const store = openDiskStore({ directory, retentionMs: Infinity, now: () => 0 });
    const last = storyNumber(Math.max(...store.targets().map((name) => store.latestMs(name)!)));
    expect(last).toBeGreaterThanOrEqual(acknowledged);
    expect(differences(pointsOf(store), storyUpTo(last))).toEqual([]);
    store.close();
  }
}, 60_000);
