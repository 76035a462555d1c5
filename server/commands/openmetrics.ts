import { familyHeader, labelText } from '../exposition/naming';
import type { ExportFormat } from './format';
import { labelsOf } from '../model/samples';
import { lineName } from './labels';

/** OpenMetrics 1.0 with timestamps: what Prometheus can take in with `promtool tsdb create-blocks-from openmetrics`. */
export const openMetrics: ExportFormat = {
  head: '',
  familyHead: (family, name) => familyHeader(family, name, 'openmetrics'),
  lineWriter({ target, series }) {
    const labels = [...labelsOf(series), ['instance', target] as const];
    const start = `${lineName(series)}{${labels.map(([name, value]) => labelText(name, value)).join(',')}} `;
    return (timeMs, value) => `${start}${numberText(value)} ${(timeMs / 1000).toFixed(3)}\n`;
  },
  tail: '# EOF\n',
};

function numberText(value: number): string {
  if (Number.isFinite(value) || Number.isNaN(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}
