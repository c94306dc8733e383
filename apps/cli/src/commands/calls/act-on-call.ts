import type { CallLogClient } from "@call-log/client";
import { callResolution, objectId } from "@call-log/model";
import { TRPCClientError } from "@trpc/client";
import { z } from "zod";

import { accessOptions, declareAccess, openClient } from "../../access/access.ts";
import { CliError, usageError } from "../../cli-error.ts";
import { defineCommand, type CommandContext } from "../../command.ts";
import { reason } from "../options/reason.ts";

const options = z.strictObject({ ...accessOptions, id: objectId });

/** `cancel`: no further attempt, and the end of a call that rings. */
export const cancel = defineCommand({
  name: "cancel",
  summary: "Cancel a call that waits, or end one that is under way",
  declare: (command) => declareAccess(command).argument("<id>", "the call log"),
  options,
  run: async ({ id, ...given }, context) => {
    const { calls } = await apiFor(given, context);
    const call = await naming(id, calls.cancel.mutate({ id }));
    return { json: call, text: `call ${call._id}: ${call.status}` };
  },
});

/** `call-now`: a call that waits, dialled at once. */
export const callNow = defineCommand({
  name: "call-now",
  summary: "Call now what waits for its time, quiet hours or the limits to its number",
  declare: (command) =>
    declareAccess(command)
      .argument("<id>", "the call log")
      .requiredOption(
        "--reason <text>",
        "why it can't wait; its timeline and the audit trail keep it",
      ),
  options: options.extend({ reason }),
  run: async ({ id, reason: why, ...given }, context) => {
    const client = await apiFor(given, context);
    const call = await client.calls.callNow.mutate({ id, reason: why });
    return { json: call, text: `call ${call._id}: ${call.status}` };
  },
});

/** `retry`: a new call log from one that is over. */
export const retry = defineCommand({
  name: "retry",
  summary: "Call again: a new call log from one that is over",
  declare: (command) => declareAccess(command).argument("<id>", "the call log"),
  options,
  run: async ({ id, ...given }, context) => {
    const { calls } = await apiFor(given, context);
    const answer = await naming(id, calls.retry.mutate({ id }));
    const before = answer.repeated ? ", as was asked before" : "";
    return { json: answer, text: `call ${id} is called again as ${answer._id}${before}` };
  },
});

/** `resolve`: what a person knows of a call that is held as `Unknown`. */
export const resolve = defineCommand({
  name: "resolve",
  summary: "Resolve a call that is held as Unknown",
  declare: (command) =>
    declareAccess(command)
      .argument("<id>", "the call log")
      .requiredOption("--as <what>", "not-placed, call-again, or placed with --provider-call")
      .option("--provider-call <id>", "the call at the provider"),
  options: options.extend({ as: z.string(), providerCall: z.string().optional() }),
  run: async ({ id, as, providerCall, ...given }, context) => {
    const resolution = resolutionOf(as, providerCall);
    const { calls } = await apiFor(given, context);
    const call = await naming(id, calls.resolve.mutate({ id, ...resolution }));
    return { json: call, text: `call ${call._id}: ${call.status}` };
  },
});

function resolutionOf(as: string, providerCallId: string | undefined) {
  const parsed = callResolution.safeParse({ as, ...(providerCallId && { providerCallId }) });
  if (parsed.success) return parsed.data;
  if (as === "placed") throw usageError("--provider-call: is needed with --as placed");
  if (providerCallId !== undefined) throw usageError("--provider-call: goes with --as placed only");
  throw usageError("--as: must be one of: placed, not-placed, call-again");
}

/** What the api refuses because of this call, such as its state. */
const ABOUT_THE_CALL: readonly unknown[] = ["CONFLICT", "BAD_REQUEST", "UNPROCESSABLE_CONTENT"];

// One line of many in a script's output has to say which call it is about.
async function naming<T>(id: string, act: Promise<T>): Promise<T> {
  try {
    return await act;
  } catch (error) {
    if (!(error instanceof TRPCClientError)) throw error;
    const { code } = (error.data ?? {}) as { code?: unknown };
    if (code === "NOT_FOUND") throw new CliError(`there is no call log ${id}`, { cause: error });
    if (!ABOUT_THE_CALL.includes(code)) throw error;
    throw new CliError(`call ${id}: ${error.message}`, { cause: error });
  }
}

// Only the processes of the installation have the provider's credentials, so there is no way past the api.
async function apiFor(
  given: { apiKey?: string | undefined; url?: string | undefined },
  context: CommandContext,
): Promise<CallLogClient> {
  const client = await openClient(given, context);
  if (client === undefined)
    throw new CliError("--api-key: is needed, since the api does it; or set CALL_LOG_API_KEY");
  return client;
}
