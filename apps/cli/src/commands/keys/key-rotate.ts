import { z } from "zod";

import { declareOperator, operatorOptions, withOperations } from "../../access/operator-access.ts";
import { CliError } from "../../cli-error.ts";
import { defineCommand } from "../../command.ts";
import { shownTime } from "../../output/table.ts";
import { laterTime } from "../options/later-time.ts";

const HOURS = { error: "must be a whole number of hours from 1 to 720" };

/** `key rotate`: a new key in the place of one, which lives on for some hours. */
export const keyRotate = defineCommand({
  name: "key rotate",
  summary: "Replace an API key; the new one is shown this once, the old one lives on for a day",
  declare: (command) =>
    declareOperator(command)
      .argument("<id>", "id of the key, as key list shows it")
      .option("--overlap-hours <hours>", "how long the old key lives on, 24 without")
      .option("--expires <time>", "end of the new key; that of the old one without"),
  options: z.strictObject({
    ...operatorOptions,
    id: z.string(),
    overlapHours: z.coerce.number(HOURS).int(HOURS).min(1, HOURS).max(720, HOURS).default(24),
    expires: laterTime.optional(),
  }),
  run: ({ id, overlapHours, expires, ...given }, context) =>
    withOperations(given, context, async ({ keys }) => {
      const rotated = await keys.rotate(id, { overlapHours, expiresAt: expires });
      if (rotated === undefined) throw new CliError("ID: there is no such key; see: key list");
      const { key, previousUntil } = rotated;
      if (!context.json)
        context.say(
          `key ${rotated.id} replaces ${id}, which is valid until ${shownTime(previousUntil)}; keep it, it is shown only now:`,
        );
      return { json: rotated, text: key };
    }),
});
