import { type CallerId, EVERY_PROJECT, objectId, phoneNumber } from "@call-log/model";
import { z } from "zod";

import { declareOperator, operatorOptions, withOperations } from "../../access/operator-access.ts";
import { projectById } from "../../access/with-store.ts";
import { usageError } from "../../cli-error.ts";
import { defineCommand } from "../../command.ts";
import { tableText } from "../../output/table.ts";

/** `number lend`: a project, or every project, may call from a number. */
export const numberLend = defineCommand({
  name: "number lend",
  summary: "Let a project, or all, call from a number",
  declare: (command) =>
    declareOperator(command)
      .argument("<number>", "the number to call from")
      .option("--project <id>", "the project that may use it")
      .option("--all", "every project may use it"),
  options: z.strictObject({
    ...operatorOptions,
    number: phoneNumber,
    project: objectId.optional(),
    all: z.boolean().optional(),
  }),
  run: ({ number, project, all, ...given }, context) =>
    withOperations(given, context, async (operations) => {
      if ((project === undefined) === (all === undefined))
        throw usageError("--project: name the project, or --all");
      if (project !== undefined) await projectById(operations, project);
      const lent = await operations.numbers.lend(number, project ?? EVERY_PROJECT);
      return { json: lent, text: `${number} is lent to ${borrowersOf(lent)}` };
    }),
});

/** `number take-back`: a project, or every project, may no longer call from a number that was lent to it. */
export const numberTakeBack = defineCommand({
  name: "number take-back",
  summary: "Lend a number no more, to one project or to all",
  declare: (command) =>
    declareOperator(command)
      .argument("<number>", "the number that was lent")
      .option("--project <id>", "the project that may not use it any more; all when absent"),
  options: z.strictObject({
    ...operatorOptions,
    number: phoneNumber,
    project: objectId.optional(),
  }),
  run: ({ number, project, ...given }, context) =>
    withOperations(given, context, async ({ numbers }) => {
      const taken = await numbers.takeBack(number, project);
      return { json: taken, text: `${number} is lent to ${borrowersOf(taken)}` };
    }),
});

/** `number list`: every number that has an owner or that the operator has lent or taken back. */
export const numberList = defineCommand({
  name: "number list",
  summary: "List the numbers to call from, their owners, and whom they are lent to",
  declare: declareOperator,
  options: z.strictObject(operatorOptions),
  run: (given, context) =>
    withOperations(given, context, async (operations) => {
      const numbers = await operations.numbers.list();
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
