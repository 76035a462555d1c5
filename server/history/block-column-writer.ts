import { CHANGES, CONSTANT, DELTAS, KINDS, PACKED, RAW } from './block-column';
import { DOUBLES, toIntegers } from './block-scale';
import { bitsLength, bitWidth, signedLength, varintLength, type ByteWriter } from './byte-writer';

/** Writes `values[0..count)` in the form that takes the fewest bytes; uses `scratch`, which is as long. */
export function writeColumn(writer: ByteWriter, values: Float64Array, count: number, scratch: Float64Array): void {
  if (isConstant(values, count)) {
    writeConstant(writer, values, scratch);
    return;
  }
  const scale = toIntegers(values, count, scratch);
  if (scale === DOUBLES) writeDoubles(writer, scratch, count);
  else writeIntegers(writer, scale, scratch, count);
}

function isConstant(values: Float64Array, count: number): boolean {
  const first = values[0] as number;
  for (let at = 1; at < count; at++) {
    if (!Object.is(values[at], first)) return false;
  }
  return true;
}

function writeConstant(writer: ByteWriter, values: Float64Array, scratch: Float64Array): void {
  const scale = toIntegers(values, 1, scratch);
  const number = scratch[0] as number;
  if (Object.is(number, 0)) return;
  writer.byte(CONSTANT + KINDS * scale);
  if (scale === DOUBLES) writer.double(number);
  else writer.signed(number);
}

function writeDoubles(writer: ByteWriter, numbers: Float64Array, count: number): void {
  let changesLength = 8;
  let last = 0;
  for (let at = 1; at < count; at++) {
    if (Object.is(numbers[at], numbers[at - 1])) continue;
    changesLength += varintLength(at - last - 1) + 8;
    last = at;
  }
  if (changesLength < 8 * count) {
    writer.byte(CHANGES + KINDS * DOUBLES);
    writeChanges(writer, numbers, count, (at) => writer.double(numbers[at] as number));
    return;
  }
  writer.byte(RAW + KINDS * DOUBLES);
  for (let at = 0; at < count; at++) writer.double(numbers[at] as number);
}

function writeIntegers(writer: ByteWriter, scale: number, numbers: Float64Array, count: number): void {
  const first = numbers[0] as number;
  const { least, most, leastDelta, mostDelta, changesLength } = measure(numbers, count);
  const width = bitWidth(most - least);
  const deltaWidth = bitWidth(mostDelta - leastDelta);
  const packedLength = signedLength(least) + 1 + bitsLength(count, width);
  const deltasLength = signedLength(first) + signedLength(leastDelta) + 1 + bitsLength(count - 1, deltaWidth);
  if (changesLength + signedLength(first) <= Math.min(packedLength, deltasLength)) {
    writer.byte(CHANGES + KINDS * scale);
    writeChanges(writer, numbers, count, (at) => writer.signed((numbers[at] as number) - (numbers[at - 1] ?? 0)));
    return;
  }
  if (packedLength <= deltasLength) {
    writer.byte(PACKED + KINDS * scale);
    writer.signed(least);
    writer.byte(width);
    writer.bits(numbers, 0, count, least, width);
    return;
  }
  writer.byte(DELTAS + KINDS * scale);
  writer.signed(first);
  writer.signed(leastDelta);
  writer.byte(deltaWidth);
  for (let at = count - 1; at > 0; at--) numbers[at] = (numbers[at] as number) - (numbers[at - 1] as number);
  writer.bits(numbers, 1, count, leastDelta, deltaWidth);
}

function writeChanges(writer: ByteWriter, numbers: Float64Array, count: number, write: (at: number) => void): void {
  write(0);
  let last = 0;
  for (let at = 1; at < count; at++) {
    if (Object.is(numbers[at], numbers[at - 1])) continue;
    writer.varint(at - last - 1);
    write(at);
    last = at;
  }
}

/** What the forms of integers would take. At least two of them. */
function measure(numbers: Float64Array, count: number) {
  let before = numbers[0] as number;
  let least = before;
  let most = before;
  let leastDelta = Infinity;
  let mostDelta = -Infinity;
  let changesLength = 0;
  let last = 0;
  for (let at = 1; at < count; at++) {
    const number = numbers[at] as number;
    const delta = number - before;
    before = number;
    if (number < least) least = number;
    if (number > most) most = number;
    if (delta < leastDelta) leastDelta = delta;
    if (delta > mostDelta) mostDelta = delta;
    if (delta === 0) continue;
    changesLength += varintLength(at - last - 1) + signedLength(delta);
    last = at;
  }
  return { least, most, leastDelta, mostDelta, changesLength };
}
