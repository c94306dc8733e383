import { newWebhookEndpoint } from "@call-log/model";
import { z } from "zod";

import { CliError } from "../../cli-error.ts";
import { defineCommand } from "../../command.ts";
import { shownTime } from "../../output/table.ts";
import { printable } from "../../output/terminal.ts";
import { withWebhooks } from "../../webhooks/with-webhooks.ts";
import {
  declareEndpoint,
  declareWhose,
  oneEndpoint,
  secretId,
  whoseOptions,
} from "./webhook-options.ts";

const WHICH = "the endpoint, or notify for the addresses that requests name";
const MAX_HOURS = 168;
const HOURS = { error: `must be a whole number of hours from 0 to ${MAX_HOURS}` };

/** `webhooks secret`: what events are signed with. */
export const webhooksSecret = defineCommand({
  name: "webhooks secret",
  summary: "Print the secret that events are signed with; leaves an audit line",
  declare: (command) => declareWhose(command).argument("<id>", WHICH),
  options: z.strictObject({ ...whoseOptions, id: secretId }),
  run: ({ id, ...given }, context) =>
    withWebhooks(given, context, async (source) => {
      const secrets = await source.secrets(id);
      if (!context.json)
        for (const { until } of secrets.previous)
          context.say(`an older secret signs beside it until ${shownTime(until)}`);
      return { json: secrets, text: secrets.secret };
    }),
});

/** `webhooks rotate`: a new secret; the old one signs beside it for some hours. */
export const webhooksRotate = defineCommand({
  name: "webhooks rotate",
  summary: "Replace the secret of an endpoint; events are signed with both for a day",
  declare: (command) =>
    declareWhose(command)
      .argument("<id>", WHICH)
      .option("--overlap-hours <hours>", "how long the old secret signs, too; 24 without")
      .option("--secret <secret>", "the new secret (whsec_…); made when absent"),
  options: z.strictObject({
    ...whoseOptions,
    id: secretId,
    overlapHours: z.coerce.number(HOURS).int(HOURS).min(0, HOURS).max(MAX_HOURS, HOURS).default(24),
    secret: newWebhookEndpoint.shape.secret,
  }),
  run: ({ id, overlapHours, secret, ...given }, context) =>
    withWebhooks(given, context, async (source) => {
      const overlapSeconds = overlapHours * 3600;
      const rotated = await source.rotate(id, {
        overlapSeconds,
        ...(secret !== undefined && { secret }),
      });
      if (!context.json)
        context.say(`the old secret signs until ${shownTime(rotated.previousUntil)}; the new one:`);
      return { json: rotated, text: rotated.secret };
    }),
});

/** `webhooks test`: one signed event now, and what the receiver answered. */
export const webhooksTest = defineCommand({
  name: "webhooks test",
  summary: "Send a test event now, and show what the receiver answers",
  declare: declareEndpoint,
  options: oneEndpoint,
  run: ({ id, ...given }, context) =>
    withWebhooks(given, context, async ({ test }) => {
      if (test === undefined)
        throw new CliError("--api-key: is needed, since the api sends it; or set CALL_LOG_API_KEY");
      const result = await test(id);
      const { delivered, status, milliseconds, answer, error } = result;
      const said = status === undefined ? "no answer" : `answered ${status}`;
      const why = error === undefined ? "" : `: ${error}`;
      const text = [`${said} after ${milliseconds} ms${why}`, ...(answer ? [answer] : [])];
      return {
        json: result,
        text: text.map((line) => printable(line)).join("\n"),
        exitCode: delivered ? 0 : 1,
      };
    }),
});
