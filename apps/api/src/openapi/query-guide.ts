import { LOGICAL_OPERATORS, MONGO_OPERATORS, type Operator, OPERATORS } from "@call-log/model";

interface Example {
  finds: string;
  example: object;
}

/** The query language in CommonMark, made from the operator tables. */
export function queryGuide(): string {
  const operators = Object.entries<Operator>(OPERATORS).map(
    ([name, { finds, nulls, letterCase, example }]) => [
      code(name),
      finds,
      nulls,
      letterCase ?? "–",
      code(JSON.stringify(example)),
    ],
  );
  const mongo = Object.entries<Example>({ ...MONGO_OPERATORS, ...LOGICAL_OPERATORS }).map(
    ([name, { finds, example }]) => [code(name), finds, code(JSON.stringify(example))],
  );
  return [
    "**Query.** Conditions by property, all of which must hold: a value, `null` (no value), an array (any of), or an operator. " +
      'A relation is asked by its id or on its snapshot: `{"incident": {"title": …}}`; `callData` is asked key by key. ' +
      "MongoDB's own operators keep MongoDB's rules for null; every other `$…` is refused.",
    folded(
      "Operators",
      table(["operator", "finds", "no value", "letter case", "example"], operators),
    ),
    folded("MongoDB's operators", table(["operator", "finds", "example"], mongo)),
  ].join("\n\n");
}

function folded(title: string, text: string): string {
  return `<details><summary>${title}</summary>\n\n${text}\n\n</details>`;
}

function table(head: string[], rows: string[][]): string {
  const lines = [head, head.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.map(cell).join(" | ")} |`).join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

function code(text: string): string {
  return `\`${text}\``;
}
