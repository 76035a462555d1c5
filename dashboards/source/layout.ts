import type { GridPos } from '@grafana/schema';

export const COLUMNS = 24;
const HEIGHT = 8;

/** Panels one beside the other, and below where there is no room; each row of panels is as high as its highest. */
export function placed(
  panels: readonly { readonly width: number; readonly height?: number }[],
  top: number
): { readonly positions: readonly GridPos[]; readonly bottom: number } {
  const positions: GridPos[] = [];
  let x = 0;
  let y = top;
  let bottom = top;
  for (const { width, height = HEIGHT } of panels) {
    if (x + width > COLUMNS) {
      x = 0;
      y = bottom;
    }
    positions.push({ x, y, w: width, h: height });
    x += width;
    bottom = Math.max(bottom, y + height);
  }
  return { positions, bottom };
}
