import type { ValueUnit } from '../api/contract.ts';
import { formatTicks, formatTimeTicks, tickDistances } from './format.ts';
import { cssColour } from './theme.ts';
import type uPlot from './uplot.js';

const FONT = '12px system-ui, sans-serif';
/** How far apart marks of time may be, in seconds. */
const TIME_DISTANCES = [1, 60, 3600]
  .flatMap((unit) => [1, 2, 5, 10, 15, 20, 30].map((n) => n * unit))
  .filter((seconds) => seconds <= 2 * 3600)
  .concat([3, 6, 12, 24, 48, 96].map((hours) => hours * 3600));
/** Half of a mark of time with seconds, less the room at the right. */
const LABEL_HALF_PX = 18;

const AXIS: uPlot.Axis = {
  font: FONT,
  stroke: () => cssColour('--muted'),
  grid: { stroke: () => cssColour('--line'), width: 1 },
  ticks: { show: false },
};

export function timeAxis(): uPlot.Axis {
  return { ...AXIS, size: 28, space: 64, incrs: TIME_DISTANCES, values: timeLabels };
}

export function valueAxis(unit: ValueUnit): uPlot.Axis {
  return {
    ...AXIS,
    size: 62,
    space: 26,
    incrs: [...tickDistances(unit)],
    values: (_, ticks) => formatTicks(ticks, unit),
  };
}

/** A label that would be cut off at the right is left out. */
function timeLabels(plot: uPlot, ticks: readonly number[]): string[] {
  const room = plot.bbox.width / devicePixelRatio - LABEL_HALF_PX;
  const labels = formatTimeTicks(ticks.map((tick) => tick * 1000));
  return labels.map((label, index) => (plot.valToPos(ticks[index] ?? 0, 'x') > room ? '' : label));
}
