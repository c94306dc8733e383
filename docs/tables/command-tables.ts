import { SERVERS } from "../../apps/call-log/src/servers.ts";
import { inHelpOrder } from "../../apps/cli/src/command-groups.ts";
import { commandUsage } from "../../apps/cli/src/command-usage.ts";
import { COMMANDS } from "../../apps/cli/src/commands/index.ts";
import { code, type GeneratedTable } from "./generated-table.ts";

const PAGE = "docs/reference/command-line.md";

/** Every command as its own code declares it, in the order of the help. */
const DECLARED = inHelpOrder(COMMANDS).map((entry) => ({ ...entry, usage: commandUsage(entry) }));

/** Servers and commands, and what the commands take. */
export const COMMAND_TABLES: readonly GeneratedTable[] = [
  {
    page: PAGE,
    heading: "Commands",
    rows: () => [
      ...SERVERS.map(({ name, summary }) => [code(name), summary, "–"]),
      ...DECLARED.map(({ name, summary, usage }) => [
        code([name, ...usage.arguments.map(({ term }) => term)].join(" ")),
        summary,
        usage.options.map((option) => code(option.name)).join(", ") || "–",
      ]),
    ],
  },
  { page: PAGE, heading: "Arguments and options", rows: termRows },
];

// What means the same for several commands is one row; arguments come first, then options by name.
function termRows(): string[][] {
  const rows = new Map<string, { term: string; cells: string[]; commands: string[] }>();
  for (const { name, usage } of DECLARED)
    for (const { term, meaning } of [...usage.arguments, ...usage.options]) {
      const key = `${term} ${meaning}`;
      const cells = [code(term), meaning || "no description"];
      const row = rows.get(key) ?? { term, cells, commands: [] };
      rows.set(key, row);
      row.commands.push(code(name));
    }
  const place = (term: string) => (term.startsWith("-") ? term : ` ${term}`);
  return [...rows.values()]
    .toSorted((one, other) => place(one.term).localeCompare(place(other.term)))
    .map(({ cells, commands }) => [...cells, commands.join(", ")]);
}
