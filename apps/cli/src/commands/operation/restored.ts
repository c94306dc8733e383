import { z } from "zod";

import { withStore } from "../../access/with-store.ts";
import { CliError, usageError } from "../../cli-error.ts";
import { defineCommand } from "../../command.ts";
import { timeOption } from "../options/time-option.ts";

/** `restored`: after MongoDB's own tools have restored the database, before an api or a worker starts. */
export const restored = defineCommand({
  name: "restored",
  summary: "Say that the database was restored from a backup, before api and workers start",
  declare: (command) =>
    command.requiredOption("--at <time>", "when the backup was begun, or earlier"),
  options: z.strictObject({ at: timeOption }),
  run: ({ at }, context) =>
    withStore(context, async (store) => {
      if (at > new Date()) throw usageError("--at: must not be in the future");
      const alive = await store.processes.alive();
      if (alive.length > 0) {
        const names = alive.map(({ role, host, pid }) => `${role} ${pid} on ${host}`).join(", ");
        throw new CliError(
          `stop every api and worker first, and wait 45 seconds; alive in the last 45: ${names}`,
        );
      }
      const done = await store.declareRestored(at);
      const openCalls = done?.openCalls ?? 0;
      const text = `${openCalls} open calls are looked for at the providers before they are dialled`;
      return { json: { backupAt: at, openCalls }, text };
    }),
});
