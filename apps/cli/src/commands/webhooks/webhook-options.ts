import { objectId, webhookEventTypes, WEBHOOK_EVENT_TYPES } from "@call-log/model";
import type { Command } from "commander";
import { z } from "zod";

import { accessOptions, declareAccess } from "../../access/access.ts";
import { repeated } from "../options/repeated.ts";

/** Options of every command about webhooks. */
export const whoseOptions = { ...accessOptions, installation: z.literal(true).optional() };

/** Options of a command about one endpoint. */
export const oneEndpoint = z.strictObject({ ...whoseOptions, id: objectId });

/** The id of an endpoint, or `notify` for the secret of the addresses in requests. */
export const secretId = z.union([z.literal("notify"), objectId], {
  error: "must be the id of an endpoint, or notify",
});

/** An option with types of events. */
export const eventOption = webhookEventTypes.optional();

/** Declare the options of `whoseOptions`. */
export function declareWhose(command: Command): Command {
  return declareAccess(command).option(
    "--installation",
    "endpoints of the installation, which get events of problems; for operators",
  );
}

/** Declare an argument that names an endpoint, beside `whoseOptions`. */
export function declareEndpoint(command: Command): Command {
  return declareWhose(command).argument("<id>", "the endpoint, as webhooks list shows it");
}

/** Declare the option of `eventOption`. */
export function declareEvents(command: Command): Command {
  const types = WEBHOOK_EVENT_TYPES.join(", ");
  return command.option(
    "--event <type>",
    `a type of event; repeat it for more: ${types}`,
    repeated,
  );
}
