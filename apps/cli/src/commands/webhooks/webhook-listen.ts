import { once } from "node:events";

import { newWebhookEndpoint } from "@call-log/model";
import { z } from "zod";

import { CliError } from "../../cli-error.ts";
import { type CommandContext, defineCommand } from "../../command.ts";
import { shownTime } from "../../output/table.ts";
import { printable } from "../../output/terminal.ts";
import { type ReceivedEvent, startReceiver } from "../../webhooks/webhook-receiver.ts";
import { withWebhooks } from "../../webhooks/with-webhooks.ts";
import { reasonOf } from "../options/json-option.ts";
import { declareEvents, declareWhose, eventOption, whoseOptions } from "./webhook-options.ts";

const PORT = { error: "must be a port from 0 to 65535" };

/** `webhooks listen`: a receiver that verifies events and prints them, with an endpoint of its own while it runs. */
export const webhooksListen = defineCommand({
  name: "webhooks listen",
  summary: "Receive, verify and print events on this machine, until Ctrl-C",
  declare: (command) =>
    declareEvents(declareWhose(command))
      .option("--port <number>", "port to listen on", "9099")
      .option("--secret <secret>", "verify with this secret, and create no endpoint"),
  options: z.strictObject({
    ...whoseOptions,
    event: eventOption,
    port: z.coerce.number(PORT).int(PORT).min(0, PORT).max(65_535, PORT),
    secret: newWebhookEndpoint.shape.secret,
  }),
  run: async ({ event, port, secret: given, ...access }, context) => {
    let secret = given ?? "";
    const receiver = await startReceiver({
      port,
      secret: () => secret,
      onEvent: (one) => void context.terminal.stdout.write(`${shown(one, context)}\n`),
      onRefused: (reason) => context.say(`refused: ${reason}`),
    }).catch((error: unknown) => {
      throw new CliError(`--port: can't listen on ${port}: ${reasonOf(error)}`, { cause: error });
    });
    try {
      if (given !== undefined) return await untilStopped(receiver.url, context);
      return await withWebhooks(access, context, async (source) => {
        const created = await source.create({
          url: receiver.url,
          description: "call-log webhooks listen",
          ...(event && { events: event }),
        });
        ({ secret } = created);
        try {
          return await untilStopped(receiver.url, context);
        } finally {
          await source.remove(created.endpoint._id);
        }
      });
    } finally {
      await receiver.close();
    }
  },
});

async function untilStopped(url: string, { terminal: { signal, stdout }, json }: CommandContext) {
  if (!json) stdout.write(`listening on ${url}\n`);
  if (!signal.aborted) await once(signal, "abort");
  return undefined;
}

function shown(event: ReceivedEvent, { json }: CommandContext): string {
  if (json) return JSON.stringify(event);
  const { type, timestamp, data } = event;
  const change = data.change === undefined ? "" : JSON.stringify(data.change);
  const about = [data.callLog?._id ?? "", data.callLog?.status ?? ""];
  return printable([shownTime(timestamp), type.padEnd(19), ...about, change].join("  ").trimEnd());
}
