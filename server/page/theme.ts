const dark = matchMedia('(prefers-color-scheme: dark)');
const still = matchMedia('(prefers-reduced-motion: reduce)');

export function isDark(): boolean {
  return dark.matches;
}

/** People who want less motion get charts that move less often. */
export function wantsLessMotion(): boolean {
  return still.matches;
}

/** A colour of the page's style by the name of its property; a canvas knows no such names. */
export function cssColour(property: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(property).trim();
}

export function onThemeChange(listener: () => void): void {
  dark.addEventListener('change', listener);
}
