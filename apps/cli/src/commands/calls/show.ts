import {
  actorText,
  CALL_OUTCOMES,
  callSentence,
  type CallLogView,
  objectId,
  PROPERTIES,
  type TimeWords,
} from "@call-log/model";
import { z } from "zod";

import { accessOptions, declareAccess } from "../../access/access.ts";
import { withCalls, type ListRequest } from "../../calls/call-source.ts";
import { declareWait, waitOption, waitResult } from "../../calls/wait-result.ts";
import { CliError } from "../../cli-error.ts";
import { defineCommand, type CommandContext } from "../../command.ts";
import { shownTime, tableText } from "../../output/table.ts";
import { printable } from "../../output/terminal.ts";

type Attempt = NonNullable<CallLogView["attempts"]>[number];

const TIMES: TimeWords = {
  clock: shownTime,
  day: shownTime,
  on: (iso) => `at ${shownTime(iso)}`,
};

const SELECT = {
  ...Object.fromEntries(Object.keys(PROPERTIES).map((name) => [name, true])),
  user: { name: true, email: true },
};

/** `show`: one call with its attempts and events: was a person reached, by which attempt, with which digit, at what cost, and why not before. */
export const show = defineCommand({
  name: "show",
  summary: "Show one call with its attempts and their events",
  declare: (command) => declareWait(declareAccess(command)).argument("<id>", "the call log"),
  options: z.strictObject({ ...accessOptions, ...waitOption, id: objectId }),
  run: async ({ id, wait, ...given }, context) => {
    const call = await readCall(id, given, context);
    if (wait === undefined) return { json: call, text: callText(call) };
    const { exitCode = 0 } = await waitResult(id, { ...given, wait }, context);
    const after = await readCall(id, given, context);
    return { json: after, text: callText(after), exitCode };
  },
});

async function readCall(
  id: string,
  given: Parameters<typeof withCalls>[0],
  context: CommandContext,
): Promise<CallLogView> {
  const request = { query: { _id: id }, select: SELECT } as ListRequest;
  const { data } = await withCalls(given, context, (read) => read(request));
  const [call] = data;
  if (call === undefined) throw new CliError(`there is no call log ${id}`);
  return call;
}

function callText(call: CallLogView): string {
  const attempts = call.attempts ?? [];
  const facts = {
    call: call._id,
    status: [call.status, call.statusMessage].filter(Boolean).join(": "),
    "asked for": shownTime(call.createdAt),
    to: call.toNumber,
    from: call.fromNumber,
    reached: reachedText(attempts),
    cost: `${call.callCostInUSDCents ?? 0} ¢ (${call.pricing ?? "nothing dialled yet"})`,
    deadline: call.deadlineAt && shownTime(call.deadlineAt),
    "calls again": call.retryOf,
    tags: call.tags?.join(", "),
  };
  const lines = Object.entries(facts).flatMap(([name, value]) =>
    value ? [`${`${name}:`.padEnd(13)}${printable(value)}`] : [],
  );
  const sentence = printable(callSentence(call, TIMES));
  return [sentence, lines.join("\n"), attemptsText(attempts), eventsText(attempts)].join("\n\n");
}

function reachedText(attempts: readonly Attempt[]): string {
  const winner = attempts.find(({ outcome }) => outcome === "reached");
  if (winner === undefined) return "no";
  const { number, answeredBy, digits, acknowledgedAt, answeredAt } = winner;
  const who = answeredBy === "human" ? "a person" : (answeredBy ?? "somebody");
  const did = digits === undefined ? "answered" : `pressed ${digits}`;
  return `yes, by attempt ${number}: ${who} ${did} at ${shownTime(acknowledgedAt ?? answeredAt)}`;
}

function attemptsText(attempts: readonly Attempt[]): string {
  return tableText(attempts, {
    ATTEMPT: ({ number }) => String(number),
    STATE: ({ state }) => state,
    CLAIMED: ({ claimedAt }) => shownTime(claimedAt),
    ENDED: ({ endedAt }) => shownTime(endedAt),
    PROVIDER: ({ provider }) => provider ?? "-",
    "ITS CALL": ({ providerCallId }) => providerCallId ?? "-",
    BY: ({ answeredBy }) => answeredBy ?? "-",
    DIGITS: ({ digits }) => digits ?? "-",
    SIP: ({ sipResponseCode }) => String(sipResponseCode ?? "-"),
    PRICE: ({ price }) => (price?.amount ? `${price.amount} ${price.currency ?? ""}` : "-"),
    BECAUSE: ({ outcome, errorCode, errorMessage, lostAnswer }) => {
      const lost = lostAnswer && `answer lost: ${lostAnswer}`;
      const wording = outcome && CALL_OUTCOMES[outcome].wording;
      return [wording, errorCode, errorMessage, lost].filter(Boolean).join("; ") || "-";
    },
  });
}

function eventsText(attempts: readonly Attempt[]): string {
  const events = attempts.flatMap(({ number, events: own }) =>
    own.map((event) => ({ number, ...event })),
  );
  return tableText(
    events,
    {
      TIME: ({ at }) => shownTime(at),
      ATTEMPT: ({ number }) => String(number),
      EVENT: ({ status }) => status,
      FROM: ({ source }) => source,
      "BY WHOM": ({ by }) => (by === undefined ? "-" : actorText(by)),
      SEQUENCE: ({ sequence }) => String(sequence ?? "-"),
      LATE: ({ late }) => (late ? "late" : "-"),
    },
    "no events",
  );
}
