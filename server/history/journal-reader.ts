import { crc32 } from 'node:zlib';
import { BlockError } from './block';
import { ByteReader } from './byte-reader';
import { makeMapping, type Mapping } from './mapping';

/** Is given a poll as it was appended; `values` are good during the call. */
export type PollVisitor = (target: number, poll: number, atMs: number, mapping: Mapping, values: Float64Array) => void;

const CRC_BYTES = 4;

interface Chain {
  readonly mapping: Mapping;
  readonly values: Float64Array;
  nextPoll: number;
}

/** Reads what JournalWriter wrote, row after row. Polls whose beginning is missing are left out. */
export class JournalReader {
  private readonly chains = new Map<number, Chain>();
  private readonly mappings = new Map<string, Mapping>();
  private readonly visit: PollVisitor;

  constructor(visit: PollVisitor) {
    this.visit = visit;
  }

  /** Throws BlockError when the row is damaged. */
  read(row: Uint8Array): void {
    const end = row.length - CRC_BYTES;
    const crc = end < 0 ? -1 : new ByteReader(row, end, row.length).integer(CRC_BYTES);
    if (crc !== crc32(row.subarray(0, Math.max(0, end)))) throw new BlockError('its checksum is wrong');
    const reader = new ByteReader(row, 0, end);
    for (let target = reader.varint(); target !== 0; target = reader.varint()) {
      const first = reader.varint();
      const end = first + reader.varint();
      for (let poll = first; poll < end; poll++) this.readPoll(reader, target - 1, poll);
    }
    reader.finish();
  }

  private readPoll(reader: ByteReader, target: number, poll: number): void {
    const atMs = reader.double();
    const width = reader.varint();
    if (width > 0) this.begin(reader, target, width);
    const chain = this.chains.get(target);
    const follows = chain !== undefined && (width > 0 || chain.nextPoll === poll);
    applyChanges(reader, follows ? chain.values : undefined);
    if (!follows) return;
    chain.nextPoll = poll + 1;
    this.visit(target, poll, atMs, chain.mapping, chain.values);
  }

  private begin(reader: ByteReader, target: number, width: number): void {
    const numbers: number[] = [];
    for (let number = 0; numbers.length < width;) numbers.push((number += reader.signed()));
    const key = numbers.join();
    let mapping = this.mappings.get(key);
    if (mapping === undefined) this.mappings.set(key, (mapping = makeMapping(numbers)));
    this.chains.set(target, { mapping, values: new Float64Array(width), nextPoll: 0 });
  }
}

function applyChanges(reader: ByteReader, values: Float64Array | undefined): void {
  let column = -1;
  for (let code = reader.varint(); code !== 0; code = reader.varint()) {
    column += code >>> 1;
    const isDifference = (code & 1) === 1;
    const change = isDifference ? reader.signed() : reader.double();
    if (values !== undefined) values[column] = isDifference ? (values[column] as number) + change : change;
  }
}
