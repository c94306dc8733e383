import { type CallerId, EVERY_PROJECT, objectId, phoneNumber } from "@call-log/model";
import { z } from "zod";

import { usageError } from "../cli-error.ts";
import { defineCommand } from "../command.ts";
import { tableText } from "../table.ts";
import { projectById, withStore } from "../with-store.ts";

/** `number lend`: a project, or every project, may call from a number. */
export const numberLend = defineCommand({
  name: "number lend",
  summary: "Let a project, or all, call from a number",
  declare: (command) =>
    command
      .argument("<number>", "the number to call from")
      .option("--project <id>", "the project that may use it")
      .option("--all", "every project may use it"),
  options: z.strictObject({
    number: phoneNumber,
    project: objectId.optional(),
    all: z.boolean().optional(),
  }),
  run: ({ number, project, all }, context) =>
    withStore(context, async (store) => {
      if ((project === undefined) === (all === undefined))
        throw usageError("--project: name the project, or --all");
      if (project !== undefined) await projectById(store, project);
      const lent = await store.callerIds.lend(number, project ?? EVERY_PROJECT);
      return { json: lent, text: `${number} is lent to ${borrowersOf(lent)}` };
    }),
});

/** `number take-back`: a project, or every project, may no longer call from a number that was lent to it. */
export const numberTakeBack = defineCommand({
  name: "number take-back",
  summary: "Lend a number no more, to one project or to all",
  declare: (command) =>
    command
      .argument("<number>", "the number that was lent")
      .option("--project <id>", "the project that may not use it any more; all when absent"),
  options: z.strictObject({ number: phoneNumber, project: objectId.optional() }),
  run: ({ number, project }, context) =>
    withStore(context, async (store) => {
      const taken = await store.callerIds.takeBack(number, project);
      return { json: taken, text: `${number} is lent to ${borrowersOf(taken)}` };
    }),
});

/** `number list`: every number that has an owner or that the operator has lent or taken back. */
export const numberList = defineCommand({
  name: "number list",
  summary: "List the numbers to call from, their owners, and whom they are lent to",
  declare: () => {},
  options: z.strictObject({}),
  run: (_, context) =>
    withStore(context, async (store) => {
      const numbers = await store.callerIds.list();
      const text = tableText(numbers, {
        NUMBER: ({ number }) => number,
        OWNER: ({ owner }) => owner ?? "-",
        "LENT TO": borrowersOf,
      });
      return { json: numbers, text: numbers.length === 0 ? "no number is known" : text };
    }),
});

function borrowersOf({ lentTo }: CallerId): string {
  if (lentTo === undefined) return "-";
  return lentTo.join(" ") || "nobody";
}
