import { startCollector, type CollectorProcess } from '../testing/collector-process';
import { parseExposition, sampleValue } from '../testing/exposition';
import { startHostileServer, type HostileServer } from '../testing/hostile-server';
import { peakBytes } from '../testing/memory';
import { startRedis } from '../testing/redis-server';
import { until } from '../testing/wait';

jest.setTimeout(120_000);

const LONG_MS = 60_000;
const HEAD = '# Server\r\nredis_version:7.2.6\r\n# Replication\r\nrole:master\r\n# Commandstats\r\n';
const FIGURES = 'calls=1,usec=1,usec_per_call=1.00,rejected_calls=0,failed_calls=0';

/** INFO with so many commands; `name` makes their names from the number of the answer and their own. */
function inventor(count: number, name: (answer: number, command: number) => string) {
  let answers = 0;
  return ([command = '']: readonly string[]): string => {
    if (command.toUpperCase() !== 'INFO') return 'OK';
    answers++;
    return HEAD + Array.from({ length: count }, (_, one) => `cmdstat_${name(answers, one)}:${FIGURES}`).join('\r\n');
  };
}

let collector: CollectorProcess;
let inventive: HostileServer;

beforeAll(async () => {
  // Some 10,000 series, others each time.
  inventive = await startHostileServer(inventor(2_500, (answer, command) => `c${answer}x${command}`));
  const servers = {
    honest: await startRedis(),
    inventive,
    // More than 100,000 series in some megabytes.
    boundless: await startHostileServer(inventor(60_000, (_, command) => `c${command}`)),
  };
  collector = await startCollector({
    configText: JSON.stringify({
      defaults: { interval: '1s', timeout: '1s' },
      // What takes long to be made up has time to.
      targets: Object.entries(servers).map(([name, { url }]) => ({
        ...{ name, url },
        ...(name === 'boundless' && { interval: '10s', timeout: '10s' }),
      })),
    }),
  });
});

async function read(target: string, family: string, labels: Record<string, string> = {}): Promise<number> {
  const { text } = await collector.get(`/scrape?target=${target}`);
  return sampleValue(parseExposition(text), family, labels) ?? NaN;
}

describe('beside servers that make names up', () => {
  it('an honest one is polled as before', async () => {
    const answers = () => inventive.commands.filter(([name]) => name === 'INFO').length;
    const before = answers();
    await until(() => answers() > before + 1, 'more polls of the others', LONG_MS);
    await until(async () => (await read('honest', 'redis_up')) === 1, 'a good poll', LONG_MS);
    await until(async () => (await read('honest', 'redis_vitals_polls_total')) > 2, 'more polls', LONG_MS);
    expect((await collector.post('/api/v1/table', { table: 'info', targets: { names: ['honest'] } })).status).toBe(200);
  });

  it('one that gives more than any server has is down, and says why', async () => {
    const told = '"target":"boundless","code":"parse","msg":"target is down: ';
    await until(() => collector.output().includes(told), 'the log to tell of it', LONG_MS);
    expect(await read('boundless', 'redis_up')).toBe(0);
  });

  it('costs memory within bounds', () => {
    expect(peakBytes(collector)).toBeLessThan(1024 * 1024 * 1024);
  });
});
