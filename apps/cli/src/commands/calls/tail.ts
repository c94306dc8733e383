import { setTimeout as delay } from "node:timers/promises";

import { z } from "zod";

import { accessOptions, declareAccess } from "../../access/access.ts";
import { type CallChange, followCalls } from "../../calls/call-changes.ts";
import { withCalls } from "../../calls/call-source.ts";
import { defineCommand } from "../../command.ts";
import { shownTime } from "../../output/table.ts";
import { printable } from "../../output/terminal.ts";

const EVERY_ERROR = "must be a number of seconds, from 0.1 to 60";

/** `tail`: what happens in the calls from now on, a line for each event and each new status, until Ctrl-C. */
export const tail = defineCommand({
  name: "tail",
  summary: "Follow calls: a line for each new event and status, until Ctrl-C",
  declare: (command) =>
    declareAccess(command).option("--every <seconds>", "how often to look", Number, 1),
  options: z.strictObject({
    ...accessOptions,
    every: z.number({ error: EVERY_ERROR }).min(0.1, EVERY_ERROR).max(60, EVERY_ERROR),
  }),
  run: (given, context) =>
    withCalls(given, context, async (read) => {
      const { stdout, signal } = context.terminal;
      const next = await followCalls(read);
      context.say("following the calls from now on; Ctrl-C ends it");
      const show = context.json ? JSON.stringify : changeText;
      while (!signal.aborted) {
        for (const change of await next()) stdout.write(`${show(change)}\n`);
        await delay(given.every * 1000, undefined, { signal }).catch(() => undefined);
      }
      return undefined;
    }),
});

function changeText({ at, callLogId, toNumber, attempt, what, detail }: CallChange): string {
  const who = attempt === undefined ? "" : `attempt ${attempt}`;
  const cells = [shownTime(at), callLogId, toNumber.padEnd(16), who.padEnd(10), what];
  return printable(detail === "" ? cells.join("  ") : `${cells.join("  ")}: ${detail}`);
}
