/** The collector serves uPlot's own module under this name, beside ours. */
import uPlot from 'uplot';
export { uPlot as default };
