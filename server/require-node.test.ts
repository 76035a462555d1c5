import { nodeProblem } from './require-node';

it.each(['22.15.0', '22.16.1', '23.0.0', '24.21.0', '100.0.0'])('runs on Node.js %s', (version) => {
  expect(nodeProblem(version)).toBeUndefined();
});

it.each(['22.14.9', '20.20.2', '18.0.0', '9.1.0'])('says what to do on Node.js %s', (version) => {
  expect(nodeProblem(version)).toBe(
    `needs Node.js 22.15 or newer, this is ${version}: start it with npm start, which brings its own`
  );
});
