/**
 * Colours of lines, for a light and a dark page. All of them have a contrast of 3 : 1 to the card behind them, and people
 * who see no red, green or blue can tell them apart; from the sixth line on they come again, dashed.
 */
const LIGHT = ['#2a5bdc', '#ea5b0c', '#009490', '#8a1a7e', '#493600'] as const;
const DARK = ['#5f86f5', '#f2952f', '#14b8a6', '#f9b9ee', '#e8f06a'] as const;
const STYLES = 2 * LIGHT.length;
const DASH = [7, 4];

export interface LineStyle {
  readonly light: string;
  readonly dark: string;
  /** Pixels drawn and left out; empty: a whole line. */
  readonly dash: readonly number[];
}

export function lineStyle(index: number): LineStyle {
  const at = index % LIGHT.length;
  const isDashed = index % STYLES >= LIGHT.length;
  return { light: LIGHT[at] ?? '', dark: DARK[at] ?? '', dash: isDashed ? DASH : [] };
}

/** Gives a name the same style in all charts, and lines of one chart different ones as long as there are some left. */
export class StyleBook {
  private readonly known = new Map<string, number>();

  /** The style of each name, in their order; a name that comes twice gets a second style. */
  styles(names: readonly string[]): LineStyle[] {
    const taken = new Set<number>();
    return names.map((name) => {
      const usual = this.known.get(name) ?? this.known.size;
      this.known.set(name, usual);
      let index = usual % STYLES;
      for (let tries = 0; taken.has(index) && tries < STYLES; tries++) index = (index + 1) % STYLES;
      taken.add(index);
      return lineStyle(index);
    });
  }
}
