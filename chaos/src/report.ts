import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import type { Outcome } from "./run-scenario.ts";
import type { Findings } from "./verdict.ts";

const PAGE = fileURLToPath(new URL("../../docs/reference/reliability.md", import.meta.url));

/** Where there is no figure, or no sum. */
const NONE = "–";

const COLUMNS: readonly [heading: string, cell: (outcome: Outcome) => string | number][] = [
  ["fault", ({ scenario }) => scenario],
  ["calls", ({ calls }) => calls],
  ["faults", ({ faults }) => faults],
  ["placed by the carrier", ({ placed }) => placed],
  ...(
    [
      ["lost", "lost"],
      ["dialled twice", "dialledTwice"],
      ["not bound", "unbound"],
      ["invented", "invented"],
      ["stuck", "stuck"],
      ["unheard", "unheard"],
      ["wrong cost", "wrongCost"],
      ["events lost", "eventsLost"],
      ["events out of order", "eventsReordered"],
      ["events altered", "eventsAltered"],
    ] as [string, keyof Findings][]
  ).map(
    ([heading, kind]) =>
      [heading, (one: Outcome) => one.findings[kind].length] as [
        string,
        (outcome: Outcome) => number,
      ],
  ),
  ["held, rightly", ({ held }) => held],
  ["end to webhook p99, ms", ({ events }) => String(events?.endToWebhookMs?.p99 ?? NONE)],
  ["seconds", ({ seconds }) => seconds],
];

/** The outcomes as a table in Markdown, with their sums. */
export function reportText(outcomes: readonly Outcome[]): string {
  const row = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  const sums = COLUMNS.map(([, cell], index) =>
    index === 0 ? "**all**" : sumOf(outcomes.map(cell)),
  );
  return [
    row(COLUMNS.map(([heading]) => heading)),
    row(COLUMNS.map(() => "---")),
    ...outcomes.map((outcome) => row(COLUMNS.map(([, cell]) => cell(outcome)))),
    row(sums),
  ].join("\n");
}

function sumOf(cells: readonly (string | number)[]): number | string {
  const counts = cells.filter((cell) => typeof cell === "number");
  return counts.length < cells.length ? NONE : counts.reduce((sum, count) => sum + count, 0);
}

/** Put the table of a run into the page, between the two marks of its database. */
export async function writeReport(outcomes: readonly Outcome[], database: string): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  const where = `Run on ${day}, Node ${process.version}, ${database}, Redis.`;
  await writeBetween(`run on ${database}`, `${where}\n\n${reportText(outcomes)}`);
}

/** Put text into the page, between the marks with this name. */
export async function writeBetween(name: string, text: string): Promise<void> {
  const page = await readFile(PAGE, "utf8");
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of the ${name} -->`];
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`${PAGE} has no place for it`);
  await writeFile(PAGE, `${before}${begin}\n\n${text}\n\n${end}${after}`);
}
