import { DEAD_LETTER_STATES, deadLetterListInput, objectId, PAGE } from "@call-log/model";
import type { Command } from "commander";
import { z } from "zod";

import { accessOptions, declareAccess } from "../../access/access.ts";
import { type DeadLetterView, withDeadLetters } from "../../calls/dead-letter-source.ts";
import { CliError } from "../../cli-error.ts";
import { defineCommand } from "../../command.ts";
import { shownTime, tableText } from "../../output/table.ts";
import { printable } from "../../output/terminal.ts";

const whose = { ...accessOptions, installation: z.literal(true).optional() };
const one = z.strictObject({ ...whose, id: objectId });

function declareWhose(command: Command): Command {
  return declareAccess(command).option(
    "--installation",
    "those that name no project that exists, for operators",
  );
}

/** `dead-letter list`: what the queue refused, newest first. */
export const deadLetterList = defineCommand({
  name: "dead-letter list",
  summary: "List the call requests from the queue that were refused, newest first",
  declare: (command) =>
    declareWhose(command)
      .option("--state <state>", `${DEAD_LETTER_STATES.join(", ")} or all`, "open")
      .option("--limit <count>", `how many, at most ${PAGE.maxLimit}`, Number, PAGE.defaultLimit)
      .option("--cursor <text>", "go on from the page before"),
  options: z.strictObject({
    ...whose,
    state: deadLetterListInput.shape.state,
    limit: deadLetterListInput.shape.limit,
    cursor: z.string().optional(),
  }),
  run: async ({ state, limit, cursor, ...given }, context) => {
    const page = await withDeadLetters(given, context, (source) =>
      source.list({ state, limit, ...(cursor !== undefined && { cursor }) }),
    );
    const table = listText(page.data);
    const { count, nextCursor } = page;
    const rest = `\n${page.data.length} of ${count}; go on with --cursor ${nextCursor}`;
    return { json: page, text: nextCursor === undefined ? table : `${table}${rest}` };
  },
});

/** `dead-letter show`: one of them, with what the job held. */
export const deadLetterShow = defineCommand({
  name: "dead-letter show",
  summary: "Show one refused request, with what its job held",
  declare: (command) => declareWhose(command).argument("<id>", "the refused request"),
  options: one,
  run: ({ id, ...given }, context) =>
    withDeadLetters(given, context, async (source) => {
      const item = await source.get(id);
      return { json: item, text: itemText(item) };
    }),
});

/** `dead-letter replay`: the request is taken again. */
export const deadLetterReplay = defineCommand({
  name: "dead-letter replay",
  summary: "Take a refused request again, when the cause is gone; never a second call",
  declare: (command) => declareWhose(command).argument("<id>", "the refused request"),
  options: one,
  run: ({ id, ...given }, context) =>
    withDeadLetters(given, context, async ({ replay }) => {
      if (replay === undefined)
        throw new CliError("--api-key: is needed, since the api does it; or set CALL_LOG_API_KEY");
      const answer = await replay(id);
      const before = answer.repeated ? " (accepted before)" : "";
      return { json: answer, text: `call ${answer._id} ${answer.status}${before}` };
    }),
});

/** `dead-letter drop`: the request is given up. */
export const deadLetterDrop = defineCommand({
  name: "dead-letter drop",
  summary: "Give a refused request up; what its job held is deleted",
  declare: (command) => declareWhose(command).argument("<id>", "the refused request"),
  options: one,
  run: ({ id, ...given }, context) =>
    withDeadLetters(given, context, async (source) => {
      const dropped = await source.drop(id);
      return { json: dropped, text: `refused request ${dropped._id}: ${dropped.state}` };
    }),
});

function listText(data: readonly DeadLetterView[]): string {
  return tableText(
    data,
    {
      ID: ({ _id }) => _id,
      REFUSED: ({ createdAt }) => shownTime(createdAt),
      STATE: ({ state }) => state,
      JOB: ({ jobId }) => jobId ?? "-",
      REASON: ({ reason }) => reason,
    },
    "no refused requests",
  );
}

function itemText({ deadLetter, payload }: { deadLetter: DeadLetterView; payload: unknown }) {
  const { _id, state, createdAt, madeAt, settledAt, expireAt, jobId } = deadLetter;
  const { reason, code, attempts, version, callLogId, projectId } = deadLetter;
  const facts = {
    "refused request": _id,
    state: settledAt === undefined ? state : `${state} at ${shownTime(settledAt)}`,
    "call log": callLogId,
    refused: `${shownTime(createdAt)}, at start ${attempts}`,
    reason: `${reason} (${code})`,
    project: projectId ?? "none that exists",
    job: `${jobId ?? "-"}, made ${shownTime(madeAt)}, version ${version}`,
    "kept until": shownTime(expireAt),
    held: payload === null ? whyNotShown(deadLetter) : JSON.stringify(payload),
  };
  return Object.entries(facts)
    .flatMap(([name, value]) =>
      value === undefined ? [] : [`${`${name}:`.padEnd(17)}${printable(value)}`],
    )
    .join("\n");
}

function whyNotShown({ isSensitive, hasPayload, state }: DeadLetterView): string {
  if (state !== "open") return "deleted";
  if (!hasPayload) return "too large to be kept";
  return isSensitive ? "sensitive, so it is not shown" : "not shown to a masked key";
}
