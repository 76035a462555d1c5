import type { FamilyDescriptor } from '../model/family';
import type { SampleSink } from '../model/samples';
import type { InfoReply, InfoShape } from '../parse/info';
import { WeakPool } from '../util/weak-pool';
import { parsePercent } from '../parse/number';
import type { Collector } from './collector';

/** Most families per target; what is beyond is counted, not given. */
const MOST_FIELDS = 300;

/** Fields that look like numbers but name things, many of them given as labels, and those another field says better. */
const LEFT_ASIDE = new Set([
  'arch_bits',
  'uptime_in_days',
  'redis_git_sha1',
  'redis_git_dirty',
  'redis_build_id',
  'run_id',
  'master_replid',
  'master_replid2',
  'tcp_port',
  'master_port',
  'availability_zone',
]);

const someField: FamilyDescriptor = {
  name: 'redis_info_<section>_<field>',
  type: 'gauge',
  unit: 'none',
  help: 'Any numeric INFO field that no other collector knows, in lower case, as the server gives it; 45.06% is 45.06.',
  labelNames: [],
  source: { command: 'INFO', section: '<section>', field: '<field>' },
};

const leftOut: FamilyDescriptor = {
  name: 'redis_vitals_info_fields_left_out',
  type: 'gauge',
  unit: 'none',
  help: `INFO fields not exported because the target has more than ${MOST_FIELDS} that no collector knows.`,
  labelNames: [],
  source: { command: 'INFO' },
};

interface Candidate {
  readonly at: number;
  readonly family: FamilyDescriptor;
}

function word(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '_');
}

/** Made as fields turn up, and shared by the targets that have them. */
const families = new WeakPool<FamilyDescriptor>();

function candidates({ keys, sections }: InfoShape, mapped: ReadonlySet<string>): readonly Candidate[] {
  const found: Candidate[] = [];
  for (const section of sections) {
    for (let at = section.from; at < section.to; at++) {
      const field = keys[at] as string;
      if (mapped.has(field) || LEFT_ASIDE.has(field)) continue;
      const name = `redis_info_${word(section.name)}_${word(field)}`;
      const help = `Field ${field} of INFO section ${section.name}.`;
      const source = { command: 'INFO', section: section.name, field };
      found.push({ at, family: families.get(`${name} ${help}`, () => ({ ...someField, name, help, source })) });
    }
  }
  return found;
}

/** Numeric INFO fields outside `mapped`, so that a field of a new server version is there without a new release. */
export function infoOf(mapped: ReadonlySet<string>): Collector {
  const known = new WeakMap<InfoShape, readonly Candidate[]>();
  return {
    name: 'info',
    help: 'Every numeric INFO field that no other collector knows.',
    families: [leftOut],
    dynamicFamilies: [someField],
    commands: () => [],
    collect({ info }: { info: InfoReply }, sink: SampleSink) {
      let fields = known.get(info.shape);
      if (fields === undefined) known.set(info.shape, (fields = candidates(info.shape, mapped)));
      let given = 0;
      let beyond = 0;
      for (const { at, family } of fields) {
        const text = info.values[at] as string;
        const value = isDigit(text) ? parsePercent(text) : undefined;
        if (value === undefined) continue;
        if (given < MOST_FIELDS) {
          sink.add(family, value);
          given++;
        } else beyond++;
      }
      sink.add(leftOut, beyond);
    },
  };
}

/** Words such as `ok` stand for numbers only where a collector knows the field. */
function isDigit(text: string): boolean {
  const code = text.charCodeAt(0);
  return (code >= 48 && code <= 57) || code === 43 || code === 45;
}
