import {
  CallNotOverError,
  FOLLOWED_FIELDS,
  type FollowedCall,
  untilOver,
  type WaitOptions,
} from "@call-log/client";
import { CALL_STATUSES } from "@call-log/model";
import type { Command } from "commander";
import { z } from "zod";

import { openClient } from "../access/access.ts";
import type { CommandContext, CommandResult } from "../command.ts";
import { withCalls, type ListRequest } from "./call-source.ts";

/** Exit codes of the commands that can wait for the end of a call, beside 2 for a command line that is wrong. */
export const WAIT_EXITS = {
  0: "Reached as requested (`Completed`)",
  1: "It failed: nothing is known of the call",
  3: "Over, and not reached: any other final status",
  4: "Not over in time, or held as `Unknown`; the call goes on",
} as const;

/** How long is waited where `--wait` says nothing, in seconds. */
const BY_DEFAULT = 600;
const SECONDS_ERROR = "must be a number of seconds, from 1 to 86400";
/** How often is asked, in seconds, where the server cannot wait itself. */
const EVERY = 0.5;

/** Option of the commands that can wait: `true` for as long as usual. */
export const waitOption = {
  wait: z
    .union([
      z.literal(true),
      z.coerce.number({ error: SECONDS_ERROR }).min(1, SECONDS_ERROR).max(86_400, SECONDS_ERROR),
    ])
    .optional(),
};

/** Declare the option of `waitOption`, with its exit codes in the help. */
export function declareWait(command: Command): Command {
  const codes = Object.entries(WAIT_EXITS).map(([code, meaning]) => `  ${code}  ${meaning}`);
  return command
    .option(
      "--wait [seconds]",
      `wait until the call is over, at most so long; ${BY_DEFAULT} when absent`,
    )
    .addHelpText("after", `\nExit codes with --wait:\n${codes.join("\n").replaceAll("`", "")}`);
}

/** Wait until a call is over; the result says what became of it, and its exit code whether it was reached. */
export async function waitResult(
  callLogId: string,
  given: Parameters<typeof withCalls>[0] & { wait: number | true },
  context: CommandContext,
): Promise<CommandResult> {
  const timeoutSeconds = given.wait === true ? BY_DEFAULT : given.wait;
  const options = { timeoutSeconds, everySeconds: EVERY, signal: context.terminal.signal };
  try {
    const client = await openClient(given, context);
    const call =
      client === undefined
        ? await untilOverInDatabase(callLogId, given, { context, options })
        : await client.calls.waitForEnd(callLogId, options);
    const exitCode = call.status === "Completed" ? 0 : 3;
    return { json: call, text: `call ${callLogId} ${storyOf(call)}`, exitCode };
  } catch (error) {
    if (!(error instanceof CallNotOverError)) throw error;
    const json = error.call ?? { _id: callLogId, status: null };
    return { json, text: `${error.message}; it goes on`, exitCode: 4 };
  }
}

function untilOverInDatabase(
  callLogId: string,
  given: Parameters<typeof withCalls>[0],
  { context, options }: { context: CommandContext; options: WaitOptions },
): Promise<FollowedCall> {
  const request = { query: { _id: callLogId }, select: FOLLOWED_FIELDS } as ListRequest;
  return withCalls(given, context, (read) =>
    untilOver(callLogId, async () => (await read(request)).data[0], options),
  );
}

function storyOf({ status, statusMessage, attemptCount }: FollowedCall): string {
  const tries = `${attemptCount ?? 0} ${attemptCount === 1 ? "attempt" : "attempts"}`;
  const name = String(status);
  const wording = Object.entries(CALL_STATUSES).find(([one]) => one === name)?.[1].wording;
  return `${name}: ${statusMessage ?? wording ?? "over"} (${tries})`;
}
