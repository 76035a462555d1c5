/** Columns of a block. */
export const SLOTS = 20;
/** Times of a block, at most. */
export const MAX_POINTS = 4096;

/**
 * A block holds samples of up to `SLOTS` series of one target, at shared times:
 *
 *     block = version  count  slots (3 bytes: a bit for each slot that has values)  [slots with gaps (3 bytes)]
 *             length of the times  length of each slot that has values  times  slots  CRC-32 of all before (4 bytes)
 *     slot  = [presence, when it has gaps]  column
 *
 * Numbers are varints; those of several bytes begin with the lowest. What a part is like stands in block-times,
 * block-presence and block-column.
 */
export const VERSION = 1;
export const MASK_BYTES = 3;
/** Set in `slots` when there are slots with gaps. */
export const SOME_GAPS = 1 << SLOTS;
export const CRC_BYTES = 4;
export const LEAST_BYTES = 1 + 1 + MASK_BYTES + 1 + CRC_BYTES;
