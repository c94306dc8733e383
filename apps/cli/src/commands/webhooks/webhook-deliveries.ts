import { deliveryListInput, objectId, PAGE, shortText } from "@call-log/model";
import { z } from "zod";

import { usageError } from "../../cli-error.ts";
import { defineCommand } from "../../command.ts";
import { shownTime, tableText } from "../../output/table.ts";
import { printable } from "../../output/terminal.ts";
import type { DeliveryView } from "../../webhooks/webhook-source.ts";
import { withWebhooks } from "../../webhooks/with-webhooks.ts";
import { timeOption } from "../options/time-option.ts";
import { declareEndpoint, declareWhose, oneEndpoint, whoseOptions } from "./webhook-options.ts";

const { state, type, limit } = deliveryListInput.shape;
const deliveryId = shortText(300);

/** `webhooks deliveries`: what was sent, newest first. */
export const webhooksDeliveries = defineCommand({
  name: "webhooks deliveries",
  summary: "List what was sent, waits or failed, newest first",
  declare: (command) =>
    declareWhose(command)
      .option("--endpoint <id>", "those to this endpoint")
      .option("--call <id>", "those of this call")
      .option("--state <state>", "pending, delivered, failed or all", "all")
      .option("--type <type>", "those of this type of event")
      .option("--from <time>", "those from then on, such as 24h ago or 2026-11-26")
      .option("--to <time>", "those before then")
      .option("--limit <count>", `how many, at most ${PAGE.maxLimit}`, Number, PAGE.defaultLimit)
      .option("--cursor <text>", "go on from the page before"),
  options: z.strictObject({
    ...whoseOptions,
    endpoint: deliveryId.optional(),
    call: deliveryId.optional(),
    state,
    type,
    from: timeOption.optional(),
    to: timeOption.optional(),
    limit,
    cursor: z.string().optional(),
  }),
  run: async ({ endpoint, call, from, to, ...given }, context) => {
    const { state: asked, type: event, limit: most, cursor, ...access } = given;
    const page = await withWebhooks(access, context, (source) =>
      source.deliveries({
        state: asked,
        limit: most,
        ...(endpoint !== undefined && { endpointId: endpoint }),
        ...(call !== undefined && { callLogId: call }),
        ...(event !== undefined && { type: event }),
        ...(from && { from: from.toISOString() }),
        ...(to && { to: to.toISOString() }),
        ...(cursor !== undefined && { cursor }),
      }),
    );
    const { data, count, nextCursor } = page;
    const rest = `\n${data.length} of ${count}; go on with --cursor ${nextCursor}`;
    return { json: page, text: `${listText(data)}${nextCursor === undefined ? "" : rest}` };
  },
});

/** `webhooks delivery`: one delivery with its tries and its body. */
export const webhooksDelivery = defineCommand({
  name: "webhooks delivery",
  summary: "Show one delivery: every try, its answer, and the body",
  declare: (command) => declareWhose(command).argument("<id>", "the delivery"),
  options: z.strictObject({ ...whoseOptions, id: deliveryId }),
  run: ({ id, ...given }, context) =>
    withWebhooks(given, context, async (source) => {
      const delivery = await source.delivery(id);
      const tries = tableText(
        delivery.tries,
        {
          TRIED: ({ at }) => shownTime(at),
          TOOK: ({ milliseconds }) => `${milliseconds} ms`,
          ANSWER: ({ status }) => String(status ?? "-"),
          SAID: ({ error, answer }) => error ?? answer ?? "",
        },
        "not tried yet",
      );
      return { json: delivery, text: `${listText([delivery])}\n\n${tries}\n\n${delivery.body}` };
    }),
});

/** `webhooks resend`: one delivery again, or all that failed since a time. */
export const webhooksResend = defineCommand({
  name: "webhooks resend",
  summary: "Send one delivery again, or all that failed since a time, with the same ids",
  declare: (command) =>
    declareWhose(command)
      .argument("[id]", "the delivery")
      .option("--failed-since <time>", "all that failed since then, such as 24h ago or 2026-11-26")
      .option("--to-endpoint <id>", "with --failed-since: those to this endpoint alone"),
  options: z.strictObject({
    ...whoseOptions,
    id: deliveryId.optional(),
    failedSince: timeOption.optional(),
    toEndpoint: objectId.optional(),
  }),
  run: ({ id, failedSince, toEndpoint: endpointId, ...given }, context) => {
    if ((id === undefined) === (failedSince === undefined))
      throw usageError("ID: give it or --failed-since, one of them");
    if (id !== undefined && endpointId !== undefined)
      throw usageError("--to-endpoint: goes with --failed-since only");
    return withWebhooks(given, context, async (source) => {
      if (id !== undefined) {
        const delivery = await source.resend(id);
        return { json: delivery, text: `delivery ${delivery._id} is sent again` };
      }
      const since = failedSince!.toISOString();
      return resentAnswer(await source.resendFailed({ since, ...(endpointId && { endpointId }) }));
    });
  },
});

/** `webhooks replay`: the deliveries of a time again. */
export const webhooksReplay = defineCommand({
  name: "webhooks replay",
  summary: "Send the failed deliveries of a time to an endpoint again; with --all every one",
  declare: (command) =>
    declareEndpoint(command)
      .requiredOption("--from <time>", "those made from then on, such as 24h ago or 2026-11-26")
      .option("--to <time>", "those made before then; now when absent")
      .option("--all", "also those that arrived"),
  options: oneEndpoint.extend({
    from: timeOption,
    to: timeOption.optional(),
    all: z.literal(true).optional(),
  }),
  run: ({ id, from, to, all, ...given }, context) => {
    if (to && to <= from) throw usageError("--to: must be after --from");
    return withWebhooks(given, context, async (source) => {
      const replay = { from: from.toISOString(), only: all ? "all" : "failed" } as const;
      return resentAnswer(
        await source.replay(id, { ...replay, ...(to && { to: to.toISOString() }) }),
      );
    });
  },
});

function resentAnswer(sent: { deliveries: number }) {
  return { json: sent, text: `deliveries that are sent again: ${sent.deliveries}` };
}

function listText(data: readonly DeliveryView[]): string {
  return tableText(
    data,
    {
      ID: ({ _id }) => _id,
      MADE: ({ createdAt }) => shownTime(createdAt),
      EVENT: ({ type: event }) => event,
      STATE: stateText,
      TRIES: ({ tryCount }) => String(tryCount),
      ANSWER: ({ tries }) => printable(answerText(tries.at(-1))),
    },
    "no deliveries",
  );
}

function stateText({ state: now, dueAt }: DeliveryView): string {
  return now === "pending" && dueAt !== undefined ? `pending, due ${shownTime(dueAt)}` : now;
}

function answerText(last: DeliveryView["tries"][number] | undefined): string {
  return String(last?.status ?? last?.error ?? "-");
}
