import { z } from "zod";

import { defineCommand } from "../command.ts";
import { withStore } from "../with-store.ts";
import { reason } from "./reason.ts";

/** `provider pause`: nothing is handed to a provider account until a person resumes it. */
export const providerPause = defineCommand({
  name: "provider pause",
  summary: "Hand no call to a provider account; calls go to the next of the chain, or wait",
  declare: (command) =>
    command
      .argument("<name>", "the account, as PROVIDER names it")
      .requiredOption("--reason <text>", "why, for whoever wonders"),
  options: z.strictObject({ name: z.string().regex(/^[a-z][a-z0-9-]*$/), reason }),
  run: ({ name, reason: why }, context) =>
    withStore(context, async (store) => {
      await store.providerStates.pause(name, { by: "person", reason: why });
      return { json: { name, paused: true }, text: `provider ${name} paused` };
    }),
});
