import { expect, test } from "vitest";

import { dispatch } from "../apps/cli/src/commands/calls/dispatch.ts";
import { section, tableRows, textOf } from "./markdown.ts";

const text = textOf("docs/reference/command-line.md");

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
