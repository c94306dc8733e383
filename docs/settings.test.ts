import { describe, expect, test } from "vitest";

import { apiSettings } from "../apps/api/src/config.ts";
import { standaloneSettings } from "../apps/standalone/src/config.ts";
import { workerSettings } from "../apps/worker/src/config.ts";
import { dispatcherSettings } from "../packages/dispatcher/src/index.ts";
import { accountPrefix, accountSettings, PROVIDERS } from "../packages/provider/src/index.ts";
import { filesUnder, section, tableRows, textOf } from "./markdown.ts";

interface Setting {
  description?: string | undefined;
  safeParse(value: undefined): { success: boolean; data?: unknown };
}

type Settings = Readonly<Record<string, Setting>>;

const text = textOf("docs/reference/settings.md");
const processes: readonly Settings[] = [
  apiSettings.shape,
  workerSettings.shape,
  // Standalone resolves the folder, which the page can't know.
  { ...standaloneSettings.shape, DATA_DIR: apiSettings.shape.DATA_DIR },
];
const processRows = tableRows(section(text, "Processes"));
const dispatcherRows = tableRows(section(text, "Dispatcher"));
const accountRows = tableRows(section(text, "Provider accounts"));
const cliRows = tableRows(section(text, "Command line"));

/** What the page says of a variable in a process that has this setting. */
function presence(setting: Setting | undefined): string {
  if (setting === undefined) return "–";
  const { success, data } = setting.safeParse(undefined);
  if (!success) return "required";
  if (Array.isArray(data)) return data.join(",");
  return data === undefined ? "none" : `${data as string | number}`;
}

function descriptionOf(name: string): string {
  const settings = processes.find((shape) => Object.hasOwn(shape, name));
  return settings?.[name]?.description ?? "no description";
}

describe("the processes' variables", () => {
  test("are all there, and no others", () => {
    const expected = new Set(processes.flatMap((shape) => Object.keys(shape)));
    expect(new Set(processRows.map(([name]) => name))).toEqual(expected);
    expect(processRows).toHaveLength(expected.size);
  });

  test.each(processRows)("%s has its defaults and its meaning", (name, ...cells) => {
    expect(cells.slice(0, 3)).toEqual(processes.map((shape) => presence(shape[name!])));
    expect(cells[3]!.slice(0, descriptionOf(name!).length)).toBe(descriptionOf(name!));
  });
});

test("the dispatcher's variables are all there, with their defaults and meanings", () => {
  const shape: Settings = dispatcherSettings.in.shape;
  expect(dispatcherRows).toEqual(
    Object.entries(shape).map(([name, setting]) => [name, presence(setting), setting.description]),
  );
});

test("the provider accounts' variables are all there, with their defaults and meanings", () => {
  const shapes = Object.entries(PROVIDERS).map(
    ([kind, { settings }]) =>
      [accountPrefix(kind), { ...settings.shape, ...accountSettings.shape } as Settings] as const,
  );
  expect(accountRows).toEqual(
    shapes.flatMap(([prefix, shape]) =>
      Object.entries(shape).map(([name, setting]) => [
        prefix + name,
        presence(setting),
        setting.description,
      ]),
    ),
  );
});

test("the command line's variables are all there", () => {
  const declared = [...textOf("apps/cli/src/config.ts").matchAll(/^ {2}([A-Z_]+):/gm)];
  expect(cliRows.map(([name]) => name)).toEqual(declared.map(([, name]) => name));
});

test("what tests and examples read is all there", () => {
  const read = ["packages", "examples"].flatMap(filesUnder).flatMap((file) => {
    if (!file.endsWith(".ts")) return [];
    return [...textOf(file).matchAll(/process\.env\["(\w+)"\]/g)].map(([, name]) => name!);
  });
  const told = tableRows(section(text, "Tests and examples")).map(([name]) => name!);
  expect([...new Set(read)].filter((name) => !told.includes(name))).toEqual([]);
  const inScript = [...textOf(".ci/run").matchAll(/\$\{(CALL_LOG_\w+)/g)].map(([, name]) => name!);
  expect(told).toEqual(expect.arrayContaining(inScript));
});
