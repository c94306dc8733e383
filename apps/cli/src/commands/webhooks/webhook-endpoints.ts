import { newWebhookEndpoint, webhookEndpointChange } from "@call-log/model";
import { z } from "zod";

import { usageError } from "../../cli-error.ts";
import { defineCommand } from "../../command.ts";
import { shownTime, tableText } from "../../output/table.ts";
import { printable } from "../../output/terminal.ts";
import type { EndpointView } from "../../webhooks/webhook-source.ts";
import { withWebhooks } from "../../webhooks/with-webhooks.ts";
import {
  declareEndpoint,
  declareEvents,
  declareWhose,
  eventOption,
  oneEndpoint,
  whoseOptions,
} from "./webhook-options.ts";

const { url, description } = newWebhookEndpoint.shape;

/** `webhooks list`: where events go, and how that went in the last day. */
export const webhooksList = defineCommand({
  name: "webhooks list",
  summary: "List the addresses that events are sent to",
  declare: declareWhose,
  options: z.strictObject(whoseOptions),
  run: (given, context) =>
    withWebhooks(given, context, async (source) => {
      const found = await source.list();
      const columns = {
        ID: ({ _id }: EndpointView) => _id,
        ADDRESS: (one: EndpointView) => one.url,
        STATE: stateText,
        "LAST DAY": lastDayText,
        EVENTS: ({ events }: EndpointView) => events.join(" "),
      };
      return { json: found, text: tableText(found.endpoints, columns, "no webhook endpoints") };
    }),
});

/** `webhooks create`: events of a project are sent to an address. */
export const webhooksCreate = defineCommand({
  name: "webhooks create",
  summary: "Send events to an address; prints the secret that they are signed with",
  declare: (command) =>
    declareEvents(declareWhose(command).argument("<url>", "where events are posted"))
      .option("--description <text>", "what it is for")
      .option("--secret <secret>", "sign with this secret (whsec_…); made when absent"),
  options: z.strictObject({
    ...whoseOptions,
    url,
    description,
    secret: newWebhookEndpoint.shape.secret,
    event: eventOption,
  }),
  run: ({ event, url: address, description: words, secret, ...given }, context) =>
    withWebhooks(given, context, async (source) => {
      const created = await source.create({
        url: address,
        ...(event && { events: event }),
        ...(words !== undefined && { description: words }),
        ...(secret !== undefined && { secret }),
      });
      if (!context.json) context.say(`endpoint ${created.endpoint._id}; its secret:`);
      return { json: created, text: created.secret };
    }),
});

/** `webhooks show`: one endpoint. */
export const webhooksShow = defineCommand({
  name: "webhooks show",
  summary: "Show a webhook endpoint: its state, and why it is disabled",
  declare: declareEndpoint,
  options: oneEndpoint,
  run: ({ id, ...given }, context) =>
    withWebhooks(given, context, async (source) => {
      const endpoint = await source.get(id);
      return { json: endpoint, text: endpointText(endpoint) };
    }),
});

/** `webhooks update`: another address, other events, enabled or not. */
export const webhooksUpdate = defineCommand({
  name: "webhooks update",
  summary: "Change a webhook endpoint; what is not given stays",
  declare: (command) =>
    declareEvents(declareEndpoint(command))
      .option("--to <url>", "post events there")
      .option("--description <text>", "what it is for")
      .option("--enable", "send events again; failed ones of before: webhooks replay")
      .option("--disable", "send nothing"),
  options: oneEndpoint.extend({
    to: webhookEndpointChange.shape.url,
    description,
    event: eventOption,
    enable: z.literal(true).optional(),
    disable: z.literal(true).optional(),
  }),
  run: ({ id, to, event, enable, disable, description: words, ...given }, context) => {
    const change = {
      ...(to !== undefined && { url: to }),
      ...(event && { events: event }),
      ...(words !== undefined && { description: words }),
      ...((enable ?? disable) && { enabled: enable === true }),
    };
    if (enable && disable) throw usageError("--enable: goes without --disable");
    if (Object.keys(change).length === 0)
      throw usageError("--to: give it, or --event, --description, --enable or --disable");
    return withWebhooks(given, context, async (source) => {
      const endpoint = await source.update(id, change);
      return { json: endpoint, text: endpointText(endpoint) };
    });
  },
});

/** `webhooks delete`: nothing is sent to it any more. */
export const webhooksDelete = defineCommand({
  name: "webhooks delete",
  summary: "Delete a webhook endpoint",
  declare: declareEndpoint,
  options: oneEndpoint,
  run: ({ id, ...given }, context) =>
    withWebhooks(given, context, async (source) => ({
      json: await source.remove(id),
      text: `endpoint ${id} deleted`,
    })),
});

const DISABLED_BY = {
  person: "disabled",
  failures: "disabled after days of failure",
  gone: "disabled: the receiver answered 410 Gone",
} as const satisfies Record<NonNullable<EndpointView["disabledBy"]>, string>;

function stateText({ enabled, disabledBy, disabledAt, failingSince }: EndpointView): string {
  if (!enabled) return `${DISABLED_BY[disabledBy ?? "person"]} ${shownTime(disabledAt)}`;
  return failingSince === undefined ? "enabled" : `failing since ${shownTime(failingSince)}`;
}

function lastDayText({ lastDay: { delivered, failed, pending } }: EndpointView): string {
  return `${delivered} delivered, ${failed} failed, ${pending} pending`;
}

function endpointText(endpoint: EndpointView): string {
  const facts = {
    endpoint: endpoint._id,
    address: endpoint.url,
    description: endpoint.description,
    state: stateText(endpoint),
    "last error": endpoint.lastError,
    "last success": endpoint.lastSuccessAt && shownTime(endpoint.lastSuccessAt),
    "last day": lastDayText(endpoint),
    events: endpoint.events.join(", "),
    created: shownTime(endpoint.createdAt),
  };
  return Object.entries(facts)
    .flatMap(([name, value]) =>
      value === undefined ? [] : [`${`${name}:`.padEnd(14)}${printable(value)}`],
    )
    .join("\n");
}
