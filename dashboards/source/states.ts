import type { ThresholdStep, ValueName } from './model';

/** Names of the values of what is up (1) or down (0). */
export const UP_DOWN: readonly ValueName[] = [
  [1, 'up', 'green'],
  [0, 'down', 'red'],
];

/** Of shares and least values of those: red unless all is well; what there is nothing of has no colour. */
export const ALL_UP: readonly ThresholdStep[] = [
  [null, 'text'],
  [0, 'red'],
  [1, 'green'],
];
