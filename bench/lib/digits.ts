/** Three digits, the rest is noise. */
export function number(value: number): string {
  return String(Number(value.toPrecision(3)));
}
