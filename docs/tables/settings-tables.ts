import { apiSettings } from "../../apps/api/src/config.ts";
import { standaloneSettings } from "../../apps/standalone/src/config.ts";
import { workerSettings } from "../../apps/worker/src/config.ts";
import { dispatcherSettings } from "../../packages/dispatcher/src/index.ts";
import { accountPrefix, accountSettings, PROVIDERS } from "../../packages/provider/src/index.ts";
import { code, type GeneratedTable } from "./generated-table.ts";

interface Setting {
  description?: string | undefined;
  safeParse(value: undefined): { success: boolean; data?: unknown };
}

type Settings = Readonly<Record<string, Setting>>;

const PAGE = "docs/reference/settings.md";

const PROCESSES: readonly Settings[] = [
  apiSettings.shape,
  workerSettings.shape,
  // Standalone resolves the folder, which the page can't know.
  { ...standaloneSettings.shape, DATA_DIR: apiSettings.shape.DATA_DIR },
];

/** Environment variables of the processes, the dispatcher and the provider accounts, from their schemas. */
export const SETTINGS_TABLES: readonly GeneratedTable[] = [
  { page: PAGE, heading: "Processes", rows: processRows },
  {
    page: PAGE,
    heading: "Dispatcher",
    rows: () => rowsOf(dispatcherSettings.in.shape),
  },
  {
    page: PAGE,
    heading: "Provider accounts",
    rows: () =>
      Object.entries(PROVIDERS).flatMap(([kind, { settings }]) =>
        rowsOf({ ...settings.shape, ...accountSettings.shape }, accountPrefix(kind)),
      ),
  },
];

// In the page's order, new ones at its end; a meaning may go on with words for people, such as a link.
function processRows(present: readonly string[][]): string[][] {
  const names = new Set(PROCESSES.flatMap((shape) => Object.keys(shape)));
  const known = present
    .map(([cell]) => cell!.replaceAll("`", ""))
    .filter((name) => names.has(name));
  return [...new Set([...known, ...names])].map((name) => {
    const description = PROCESSES.find((shape) => Object.hasOwn(shape, name))?.[name]?.description;
    const meaning = description ?? "no description";
    const written = present.find(([cell]) => cell === code(name))?.at(-1) ?? "";
    const defaults = PROCESSES.map((shape) => code(presence(shape[name])));
    return [code(name), ...defaults, written.startsWith(meaning) ? written : meaning];
  });
}

function rowsOf(shape: Settings, prefix = ""): string[][] {
  return Object.entries(shape).map(([name, setting]) => [
    code(prefix + name),
    code(presence(setting)),
    setting.description ?? "no description",
  ]);
}

/** What the page says of a variable in a process that has this setting. */
function presence(setting: Setting | undefined): string {
  if (setting === undefined) return "–";
  const { success, data } = setting.safeParse(undefined);
  if (!success) return "required";
  if (Array.isArray(data)) return data.join(",");
  return data === undefined ? "none" : `${data as string | number}`;
}
