import type { ExportFormat } from './format';
import { labelsOf } from '../model/samples';
import { lineName } from './labels';

const END = '\r\n';
/** A spreadsheet takes a text that begins like this, or as wide as this, for a formula. */
const LIKE_A_FORMULA = /^[=+\-@＝＋－＠\t\r\n]/;

/** RFC 4180, one sample a line; the labels are one JSON object. */
export const csv: ExportFormat = {
  head: `time,target,metric,labels,value${END}`,
  familyHead: () => '',
  lineWriter({ target, series }) {
    // Where semicolons part cells, what stands behind one would be a cell of its own, and perhaps a formula.
    const labels = JSON.stringify(Object.fromEntries(labelsOf(series))).replaceAll(';', '\\u003b');
    const cells = [target, lineName(series), labels].map(cell).join(',');
    const isoTime = isoTimes();
    return (timeMs, value) => `${isoTime(timeMs)},${cells},${value}${END}`;
  },
  tail: '',
};

/** A text as it stands in a cell; one that looks like a formula gets an apostrophe in front. */
function cell(text: string): string {
  const harmless = LIKE_A_FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Writes times of 1970 or later as `Date.toISOString` does, but in a fraction of its time where they are of one day. */
export function isoTimes(): (timeMs: number) => string {
  let day = -1;
  let date = '';
  return (timeMs) => {
    const newDay = Math.floor(timeMs / DAY_MS);
    if (newDay !== day) {
      day = newDay;
      date = new Date(timeMs).toISOString().slice(0, 'YYYY-MM-DDT'.length);
    }
    const ms = Math.floor(timeMs - day * DAY_MS);
    const hours = digits(Math.floor(ms / 3_600_000), 2);
    const minutes = digits(Math.floor(ms / 60_000) % 60, 2);
    const seconds = digits(Math.floor(ms / 1000) % 60, 2);
    return `${date}${hours}:${minutes}:${seconds}.${digits(ms % 1000, 3)}Z`;
  };
}

function digits(value: number, width: 2 | 3): string {
  const text = value < 10 ? `0${value}` : String(value);
  return width === 3 && value < 100 ? `0${text}` : text;
}
