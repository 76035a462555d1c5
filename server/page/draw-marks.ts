import type { Mark } from './marks.ts';
import { cssColour } from './theme.ts';
import type uPlot from './uplot.js';
import type { TimeWindow } from './view.ts';

/** Draws a dashed line for each moment within the window, with a little flag: colour alone would not tell it from the grid. */
export function drawMarks(plot: uPlot, marks: readonly Mark[], { fromMs, toMs }: TimeWindow): void {
  const { ctx, bbox } = plot;
  const pixel = devicePixelRatio;
  const colours = {
    info: cssColour('--info'),
    warning: cssColour('--warning'),
    critical: cssColour('--critical'),
  } satisfies Record<Mark['severity'], string>;
  ctx.save();
  ctx.lineWidth = pixel;
  ctx.setLineDash([3 * pixel, 3 * pixel]);
  for (const { timeMs, severity } of marks) {
    if (timeMs < fromMs || timeMs > toMs) continue;
    const x = Math.round(plot.valToPos(timeMs / 1000, 'x', true));
    ctx.strokeStyle = ctx.fillStyle = colours[severity];
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.beginPath();
    ctx.moveTo(x - 4 * pixel, bbox.top);
    ctx.lineTo(x + 4 * pixel, bbox.top);
    ctx.lineTo(x, bbox.top + 6 * pixel);
    ctx.fill();
  }
  ctx.restore();
}
