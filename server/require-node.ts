const OLDEST = [22, 15] as const;

/** What is wrong with running on such a Node.js (`22.14.0`); undefined when nothing is. */
export function nodeProblem(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return undefined;
  return `needs Node.js ${OLDEST.join('.')} or newer, this is ${version}: start it with npm start, which brings its own`;
}
