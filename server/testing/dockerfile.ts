/** One instruction with its flags taken off: `--from=build` is `{ from: 'build' }`. */
export interface Instruction {
  readonly keyword: string;
  readonly flags: Readonly<Record<string, string>>;
  /** Everything behind the flags, continuation lines joined. */
  readonly text: string;
  /** Its words; the strings of the array where it is written as JSON. */
  readonly words: readonly string[];
}

export interface Stage {
  readonly name: string;
  /** An image, or the name of an earlier stage. */
  readonly from: string;
  /** Those behind FROM. */
  readonly instructions: readonly Instruction[];
}

/** Reads as much of the Dockerfile format as ours uses; every stage must have a name. */
export function parseDockerfile(text: string): readonly Stage[] {
  const lines = text.split('\n').filter((line) => !/^\s*(#|$)/.test(line));
  const joined = lines.join('\n').replace(/\\\n\s*/g, '');
  const stages: (Stage & { instructions: Instruction[] })[] = [];
  for (const instruction of joined.split('\n').map(parseInstruction)) {
    if (instruction.keyword === 'FROM') {
      const [from, as, name] = instruction.words;
      if (from === undefined || as !== 'AS' || name === undefined)
        throw new Error(`no FROM ... AS ...: ${instruction.text}`);
      stages.push({ name, from, instructions: [] });
    } else {
      const stage = stages.at(-1);
      if (stage === undefined) throw new Error(`stands before the first FROM: ${instruction.text}`);
      stage.instructions.push(instruction);
    }
  }
  return stages;
}

function parseInstruction(line: string): Instruction {
  const [, keyword = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
  const flags: Record<string, string> = {};
  const text = rest.replace(/^(?:--[\w-]+=\S+\s+)+/, (all) => {
    for (const [, name = '', value = ''] of all.matchAll(/--([\w-]+)=(\S+)/g)) flags[name] = value;
    return '';
  });
  return { keyword: keyword.toUpperCase(), flags, text, words: wordsOf(text) };
}

/** `["a", "b"]` as JSON, anything else as words; of `CMD ["a"]` behind HEALTHCHECK the array. */
function wordsOf(text: string): readonly string[] {
  const json = /^(?:CMD\s+)?(\[.*\])$/.exec(text)?.[1];
  // Safe: the format allows only strings in it.
  return json === undefined ? text.split(/\s+/) : (JSON.parse(json) as string[]);
}

/** The instructions of a stage with one keyword. */
export function instructionsOf({ instructions }: Stage, keyword: string): readonly Instruction[] {
  return instructions.filter((instruction) => instruction.keyword === keyword);
}

/** What ENV sets in a stage. */
export function environmentOf(stage: Stage): Readonly<Record<string, string>> {
  const pairs = instructionsOf(stage, 'ENV').flatMap(({ words }) => words);
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}
