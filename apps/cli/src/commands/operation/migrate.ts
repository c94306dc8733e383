import { z } from "zod";

import { withStore } from "../../access/with-store.ts";
import { defineCommand } from "../../command.ts";
import { tableText } from "../../output/table.ts";

/** `migrate`: bring the database to this release, as every process does at its start; waits for another that does. */
export const migrate = defineCommand({
  name: "migrate",
  summary: "Migrate the database to this release before its processes start",
  declare: () => undefined,
  options: z.strictObject({}),
  async run(_given, context) {
    // Opening the database migrates it, or rejects.
    const migrations = await withStore(context, (store) => store.migrations());
    const text = tableText(migrations, {
      MIGRATION: ({ number }) => String(number),
      TITLE: ({ title }) => title,
      DONE: ({ finishedAt, inBackground }) =>
        finishedAt?.toISOString() ?? (inBackground ? "by the workers, in parts" : "not finished"),
    });
    return { json: migrations, text };
  },
});
