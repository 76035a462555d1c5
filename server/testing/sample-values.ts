import type { PollResult } from '../model/poll-result';

/** The values of a family's series by their labels, joined by commas: `{ '': 1 }` for a series without labels. */
export function sampleValues({ samples }: Pick<PollResult, 'samples'>, family: string): Record<string, number> {
  const { layout, values } = samples;
  return Object.fromEntries(
    layout.series.flatMap((series, index) =>
      series.family.name === family ? [[series.labels.join(), values[index]!]] : []
    )
  );
}
