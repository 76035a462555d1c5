import type { LineStyle } from './palette.ts';
import { isDark } from './theme.ts';
import type uPlot from './uplot.js';

/** How a line is drawn; one that is alone with what lies below it filled. */
export function lineOptions({ light, dark, dash }: LineStyle, isAlone: boolean): uPlot.Series {
  const colour = () => (isDark() ? dark : light);
  return {
    stroke: colour,
    width: 1.75,
    ...(dash.length > 0 && { dash: [...dash] }),
    ...(isAlone && { fill: () => `${colour()}1f` }),
    points: { show: false, filter: lonelyPoints, size: 5, fill: colour },
  };
}

/** A value between two gaps has no line: it is shown as a point. */
function lonelyPoints(plot: uPlot, seriesIndex: number): number[] | null {
  const values = plot.data[seriesIndex] ?? [];
  const isMissing = (index: number) => values[index] === null || values[index] === undefined;
  const lonely: number[] = [];
  for (let index = 0; index < values.length; index++) {
    if (!isMissing(index) && isMissing(index - 1) && isMissing(index + 1)) lonely.push(index);
  }
  return lonely.length > 0 ? lonely : null;
}
