import type { CallProducer } from "@call-log/client/queue";
import Fastify, { type FastifyInstance } from "fastify";

import { alert, alertmanagerWebhook } from "./alertmanager-webhook.ts";
import { callForAlert } from "./call-for-alert.ts";

/** Alertmanager sends a group in one request and does not send again what is too large: room for thousands of alerts, in bytes. */
const BODY_LIMIT = 33_554_432;

/** Where calls go. */
export interface AlertReceiverOptions {
  producer: Pick<CallProducer, "add">;
  projectId: string;
  /** Phone of whoever is on call. */
  toNumber: string;
}

/**
 * Takes Alertmanager's notifications at `POST /alerts`. It answers 200 when every call that can be made is on the queue, with the number of
 * alerts that can't be read; else Alertmanager tries again, and the keys of the requests see to it that no call is made twice.
 */
export function buildAlertReceiver(options: AlertReceiverOptions): FastifyInstance {
  const { producer, projectId, toNumber } = options;
  const server = Fastify({ bodyLimit: BODY_LIMIT });
  server.post("/alerts", async (request, reply) => {
    const body = alertmanagerWebhook.safeParse(request.body);
    if (!body.success) return reply.code(400).send({ error: "not a notification of version 4" });
    const read = body.data.alerts.map((one) => alert.safeParse(one));
    const calls = read.flatMap(({ data }) => (data && callForAlert(data, toNumber)) ?? []);
    const added = await Promise.allSettled(calls.map((call) => producer.add(projectId, call)));
    const failed = added.flatMap((one) =>
      one.status === "rejected" ? [one.reason as unknown] : [],
    );
    // A TypeError says that the request can't be taken; sending it again would not help.
    const passing = failed.find((reason) => !(reason instanceof TypeError));
    if (passing !== undefined) throw passing;
    const unread = read.filter(({ success }) => !success).length;
    return { queued: added.length - failed.length, refused: unread + failed.length };
  });
  return server;
}
