import { z } from "zod";

import { withStore } from "../../access/with-store.ts";
import { CliError } from "../../cli-error.ts";
import { defineCommand } from "../../command.ts";
import { endSessions } from "./end-sessions.ts";

/** `session end`: somebody is signed out, on every process within half a second. */
export const sessionEnd = defineCommand({
  name: "session end",
  summary: "End a session of the dashboard by its id",
  declare: (command) => command.argument("<id>", "id of the session, as session list shows it"),
  options: z.strictObject({ id: z.string() }),
  run: ({ id }, context) =>
    withStore(context, async (store, acting) => {
      if ((await endSessions({ store, acting }, [id])) === 0)
        throw new CliError("ID: there is no such session; see: session list");
      return { json: { id, ended: true }, text: `session ${id} ended` };
    }),
});
