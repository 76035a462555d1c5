import type { Curve } from './curve';
import { drawCurve } from './picture';

const CURVE: Curve = {
  by: 'targets',
  picture: 'targets',
  columns: [
    { name: 'CPU', unit: 'ms' },
    { name: 'late', unit: 'ms' },
  ],
  drawn: [0, 1],
  points: [
    { at: 1, values: [2, undefined] },
    { at: 500, values: [40.04, 1] },
    { at: 1000, values: [80, 2] },
  ],
};

describe('drawCurve', () => {
  const svg = drawCurve(CURVE);

  it('has a line for each column that is drawn, through the points that have a value', () => {
    const lines = [...svg.matchAll(/<polyline points="([^"]+)"/g)].map(([, points = '']) => points.split(' ').length);
    expect(lines).toEqual([3, 2]);
  });

  it.each(['CPU, ms', 'targets', '>40<', '>80<', '>1000<'])('says %s', (text) => {
    expect(svg).toContain(text);
  });

  it('leaves out labels that would lie upon others', () => {
    const crowded = drawCurve({
      ...CURVE,
      points: [
        { at: 999, values: [1, 1] },
        { at: 1000, values: [2, 2] },
      ],
    });
    expect(crowded).not.toContain('>999<');
    expect(crowded).toContain('>1000<');
  });
});
