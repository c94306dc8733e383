import { expect, test } from "vitest";

import { WAIT_EXITS } from "../apps/cli/src/calls/wait-for-end.ts";
import { dispatch } from "../apps/cli/src/commands/calls/dispatch.ts";
import { section, tableRows, textOf } from "./markdown.ts";

const text = textOf("docs/reference/command-line.md");

test("the page has the exit codes of a command that waits", () => {
  const rows = tableRows(section(text, "Wait for the end of a call"));
  const codes = { ...WAIT_EXITS, 2: "The command line is wrong; nothing was done" };
  expect(rows).toEqual(Object.entries(codes).map(([code, meaning]) => [code, meaning]));
});

test("the page has the options of dispatch", () => {
  const declared: string[] = [];
  const command = new Proxy(
    {},
    {
      get: (_, name) => (flags: string) => {
        if (name === "option") declared.push(flags.split(" ")[0]!);
        return command;
      },
    },
  );
  dispatch.declare(command as never);
  const told = tableRows(section(text, "What `dispatch` takes")).flatMap(([cell]) => [
    ...cell!.matchAll(/--[a-z-]+/g),
  ]);
  const others = ["--api-key", "--url", "--project", "--wait"];
  expect(told.map(([option]) => option).toSorted()).toEqual(
    declared.filter((option) => !others.includes(option)).toSorted(),
  );
});
