import { DockerfileParser, type Instruction } from "dockerfile-ast";

/** One step of a stage; flags without a value are not known. */
export interface Step {
  keyword: string;
  flags: readonly { name: string; value: string }[];
  /** Arguments as written, in one text. */
  text: string;
  /** Arguments in JSON form, or split at spaces. */
  words: readonly string[];
  /** Names with values, of ARG, ENV and LABEL. */
  properties: Readonly<Record<string, string>>;
}

/** What begins with a FROM. */
export interface Stage {
  name: string | undefined;
  base: string;
  steps: readonly Step[];
}

/** Parts of an instruction that only some have, all of them public in the parser's classes. */
interface Parts {
  getFlags?(): { getName(): string; getValue(): string | null }[];
  getJSONStrings?(): { getJSONValue(): string }[];
  getProperties?(): { getName(): string; getValue(): string | null }[];
}

/** Stages of a Dockerfile, in order. */
export function stagesOf(dockerfile: string): Stage[] {
  const stages: (Stage & { steps: Step[] })[] = [];
  for (const instruction of DockerfileParser.parse(dockerfile).getInstructions()) {
    const step = stepOf(instruction);
    const [base, , name] = step.words;
    if (step.keyword === "FROM") stages.push({ base: base!, name, steps: [] });
    else if (stages.length > 0) stages.at(-1)!.steps.push(step);
    else throw new Error(`${step.keyword} before the first FROM is not known here`);
  }
  return stages;
}

function stepOf(instruction: Instruction): Step {
  const parts = instruction as Instruction & Parts;
  const json = parts.getJSONStrings?.() ?? [];
  const properties = parts.getProperties?.() ?? [];
  return {
    keyword: instruction.getKeyword(),
    flags: (parts.getFlags?.() ?? []).map((flag) => ({
      name: flag.getName(),
      value: flag.getValue() ?? "",
    })),
    text: instruction.getRawArgumentsContent() ?? "",
    words:
      json.length > 0
        ? json.map((one) => one.getJSONValue())
        : instruction.getArguments().map((one) => one.getValue()),
    properties: Object.fromEntries(
      properties.map((one) => [one.getName(), one.getValue() ?? ""] as const),
    ),
  };
}
