import { ErrorReply, type Command, type Reply } from '../model/command';
import type { FamilyDescriptor, Source, Unit } from '../model/family';
import type { SampleSink } from '../model/samples';
import { parseKeyValues } from '../parse/key-values';
import { parseNumber } from '../parse/number';
import type { Collector } from './collector';
import { fieldEmitter, infoFields } from './info-fields';
import { UnexpectedReply, type Replies } from './replies';

const { gauge } = infoFields('Sentinel');
const INFO_FIELDS = [
  gauge('sentinel_masters', 'redis_sentinel_masters', 'none', 'Masters this sentinel watches.'),
  gauge(
    'sentinel_tilt',
    'redis_sentinel_tilt',
    'none',
    '1 while the sentinel is in TILT mode: it distrusts its clock and starts no failover.'
  ),
  gauge(
    'sentinel_tilt_since_seconds',
    'redis_sentinel_tilt_since_seconds',
    'seconds',
    'How long the sentinel has been in TILT mode; -1 when it is not (Redis 7.0+).'
  ),
  gauge('sentinel_running_scripts', 'redis_sentinel_running_scripts', 'none', 'Notification scripts running now.'),
  gauge(
    'sentinel_scripts_queue_length',
    'redis_sentinel_scripts_queue_length',
    'none',
    'Notification scripts waiting to run.'
  ),
  gauge(
    'sentinel_simulate_failure_flags',
    'redis_sentinel_simulate_failure_flags',
    'none',
    'Failures the sentinel was told to simulate, as a bit field; 0 outside tests.'
  ),
];
const emitInfo = fieldEmitter(INFO_FIELDS);

const MASTER = ['master_name', 'master_address'];

function family(
  name: string,
  unit: Unit,
  help: string,
  source: Source,
  labelNames: readonly string[] = MASTER
): FamilyDescriptor {
  return { name, type: 'gauge', unit, help, labelNames, source };
}

function inInfo(field: string): Source {
  return { command: 'INFO', section: 'Sentinel', field: `master<n> ${field}` };
}

const status = family(
  'redis_sentinel_master_status',
  'none',
  '1 when the sentinel calls the master ok; master_status is its word (ok, sdown, odown).',
  inInfo('status'),
  [...MASTER, 'master_status']
);
const slaves = family(
  'redis_sentinel_master_slaves',
  'none',
  'Replicas of the master the sentinel knows.',
  inInfo('slaves')
);
const sentinels = family(
  'redis_sentinel_master_sentinels',
  'none',
  'Sentinels that watch the master, this one included.',
  inInfo('sentinels')
);
const okSlaves = family('redis_sentinel_master_ok_slaves', 'none', 'Replicas of the master that are not down.', {
  command: 'SENTINEL SLAVES',
  field: 'flags',
});
const okSentinels = family(
  'redis_sentinel_master_ok_sentinels',
  'none',
  'Sentinels of the master that are not down, this one included.',
  { command: 'SENTINEL SENTINELS', field: 'flags' }
);
const quorumStatus = family(
  'redis_sentinel_master_ckquorum_status',
  'none',
  '1 when enough sentinels can be reached to agree on a failover and to carry it out; message is what the sentinel says.',
  { command: 'SENTINEL CKQUORUM' },
  ['master_name', 'message']
);

/** Fields of SENTINEL MASTERS, and by what their numbers are divided. */
const SETTINGS = (
  [
    ['quorum', 'setting_ckquorum', 'none', 1, 'Sentinels that must agree before the master counts as down.'],
    ['failover-timeout', 'setting_failover_timeout', 'milliseconds', 1, 'Time after which a failover is given up.'],
    ['parallel-syncs', 'setting_parallel_syncs', 'none', 1, 'Replicas that may resync with a new master at once.'],
    [
      'down-after-milliseconds',
      'setting_down_after_milliseconds',
      'milliseconds',
      1,
      'Silence after which this sentinel calls the master down.',
    ],
    ['config-epoch', 'config_epoch', 'none', 1, 'Version of the configuration of the master; each failover raises it.'],
    [
      'last-ok-ping-reply',
      'last_ok_ping_reply_seconds',
      'seconds',
      1000,
      'Time since the master last answered a ping well.',
    ],
  ] as const
).map(([field, name, unit, divisor, help]) => ({
  field,
  divisor,
  family: family(`redis_sentinel_master_${name}`, unit, help, { command: 'SENTINEL MASTERS', field }),
}));

/** INFO Sentinel, and for each watched master its settings, replicas, sentinels and quorum. */
export const sentinel: Collector = {
  name: 'sentinel',
  help: 'Masters a sentinel watches: state, replicas, sentinels, quorum and settings.',
  families: [
    ...INFO_FIELDS.map((row) => row.family),
    ...[status, slaves, sentinels, okSlaves, okSentinels, quorumStatus],
    ...SETTINGS.map((row) => row.family),
  ],
  applies: (facts) => facts.mode === 'sentinel',
  commands: (facts) => [{ args: ['SENTINEL', 'MASTERS'] }, ...facts.sentinelMasters.flatMap(masterCommands)],
  collect(replies, sink) {
    emitInfo(replies.info, sink);
    emitMasterLines(replies, sink);
    for (const master of replies.array('SENTINEL MASTERS')) {
      const fields = pairs('SENTINEL MASTERS', master);
      const name = fields.get('name') ?? '';
      const labels = [name, `${fields.get('ip') ?? ''}:${fields.get('port') ?? ''}`];
      for (const row of SETTINGS) {
        const value = parseNumber(fields.get(row.field) ?? '');
        if (value !== undefined) sink.add(row.family, value / row.divisor, labels);
      }
      // A master that is new in this poll is asked about in the next one.
      if (replies.find(`SENTINEL SLAVES ${name}`) === undefined) continue;
      sink.add(okSlaves, countUp(replies, `SENTINEL SLAVES ${name}`), labels);
      sink.add(okSentinels, 1 + countUp(replies, `SENTINEL SENTINELS ${name}`), labels);
      emitQuorum(replies, name, sink);
    }
  },
};

/** SLAVES is the word all versions know; REPLICAS came with Redis 5. */
function masterCommands(name: string): readonly Command[] {
  return [
    { args: ['SENTINEL', 'SLAVES', name] },
    { args: ['SENTINEL', 'SENTINELS', name] },
    { args: ['SENTINEL', 'CKQUORUM', name] },
  ];
}

/** `master0:name=mymaster,status=ok,address=127.0.0.1:6379,slaves=1,sentinels=1`. */
function emitMasterLines({ info }: Replies, sink: SampleSink): void {
  info.shape.keys.forEach((key, at) => {
    if (!/^master\d+$/.test(key)) return;
    const fields = parseKeyValues(info.values[at] as string);
    const labels = [fields.get('name') ?? '', fields.get('address') ?? ''];
    const word = fields.get('status') ?? '';
    sink.add(status, word === 'ok' ? 1 : 0, [...labels, word]);
    sink.add(slaves, parseNumber(fields.get('slaves') ?? '') ?? 0, labels);
    sink.add(sentinels, parseNumber(fields.get('sentinels') ?? '') ?? 0, labels);
  });
}

/** How many of the listed instances are neither subjectively nor objectively down. */
function countUp(replies: Replies, command: string): number {
  return replies.array(command).filter((instance) => {
    const flags = (pairs(command, instance).get('flags') ?? '').split(',');
    return !flags.includes('s_down') && !flags.includes('o_down');
  }).length;
}

/** An error reply is an answer here: `NOQUORUM 1 usable Sentinels...`; a refused command is none. */
function emitQuorum(replies: Replies, name: string, sink: SampleSink): void {
  const command = `SENTINEL CKQUORUM ${name}`;
  const reply = replies.find(command);
  if (reply instanceof ErrorReply && reply.code === 'NOQUORUM') sink.add(quorumStatus, 0, [name, reply.message]);
  else sink.add(quorumStatus, 1, [name, replies.text(command)]);
}

/** `[key, value, key, value, ...]` as a map. */
function pairs(command: string, reply: Reply): ReadonlyMap<string, string> {
  if (!Array.isArray(reply)) throw new UnexpectedReply(command, 'a list of field lists');
  const fields = new Map<string, string>();
  for (let at = 0; at + 1 < reply.length; at += 2) fields.set(String(reply[at]), String(reply[at + 1]));
  return fields;
}
