import type { Command } from "commander";
import { z } from "zod";

import { declareOperator, operatorOptions, withOperations } from "../../access/operator-access.ts";
import { usageError } from "../../cli-error.ts";
import { type CommandEntry, defineCommand } from "../../command.ts";

/** `worker drain`: a worker takes no more jobs, ends those that are under way, and stays until it gets SIGTERM. */
export const workerDrain = switchCommand("drain", {
  summary: "Have a worker take no more jobs; it ends those under way, and stays",
  done: "drained",
  isDraining: true,
});

/** `worker resume`: a drained worker takes jobs again. */
export const workerResume = switchCommand("resume", {
  summary: "Have a drained worker take jobs again",
  done: "resumed",
  isDraining: false,
});

function declare(command: Command): Command {
  return declareOperator(command)
    .argument("[id]", "the worker, as worker list shows it")
    .option("--all", "every worker that is alive");
}

function switchCommand(
  word: string,
  { summary, done, isDraining }: { summary: string; done: string; isDraining: boolean },
): CommandEntry {
  return defineCommand({
    name: `worker ${word}`,
    summary,
    declare,
    options: z.strictObject({
      ...operatorOptions,
      id: z.string().min(1).optional(),
      all: z.boolean().optional(),
    }),
    run({ id, all = false, ...given }, context) {
      if ((id === undefined) !== all) throw usageError("ID: give the id of a worker, or --all");
      return withOperations(given, context, async ({ workers }) => {
        const changed = await workers.setDraining(id, isDraining);
        const text = changed.map((worker) => `worker ${worker} ${done}`).join("\n");
        return {
          json: { workers: changed, draining: isDraining },
          text: text || "no worker is alive",
        };
      });
    },
  });
}
