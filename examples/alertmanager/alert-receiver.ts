import type { CallProducer } from "@call-log/client/queue";
import Fastify, { type FastifyInstance } from "fastify";

import { alert, alertmanagerWebhook } from "./alertmanager-webhook.ts";
import { callForAlert } from "./call-for-alert.ts";

/** Largest body, in bytes: thousands of alerts. Alertmanager sends a group in one request, and does not repeat one that is too large. */
const BODY_LIMIT = 33_554_432;

/** Queue, project and phone of the calls. */
export interface AlertReceiverOptions {
  producer: Pick<CallProducer, "add">;
  projectId: string;
  /** Phone of the person on call. */
  toNumber: string;
}

/**
 * Receives the notifications of Alertmanager or Grafana at `POST /alerts`. Answers 200 when every possible call is on the queue, with the number of
 * refused alerts. Otherwise Alertmanager repeats the notification, and the idempotency keys prevent a second call.
 */
export function buildAlertReceiver(options: AlertReceiverOptions): FastifyInstance {
  const { producer, projectId, toNumber } = options;
  const server = Fastify({ bodyLimit: BODY_LIMIT });
  server.post("/alerts", async (request, reply) => {
    const body = alertmanagerWebhook.safeParse(request.body);
    if (!body.success)
      return reply.code(400).send({ error: "not a notification of version 1 or 4" });
    const read = body.data.alerts.map((one) => alert.safeParse(one));
    const calls = read.flatMap(({ data }) => (data && callForAlert(data, toNumber)) ?? []);
    const added = await Promise.allSettled(calls.map((call) => producer.add(projectId, call)));
    const failed = added.flatMap((one) =>
      one.status === "rejected" ? [one.reason as unknown] : [],
    );
    // A TypeError means an invalid request; repeating it would not help.
    const passing = failed.find((reason) => !(reason instanceof TypeError));
    if (passing !== undefined) throw passing;
    const unread = read.filter(({ success }) => !success).length;
    return { queued: added.length - failed.length, refused: unread + failed.length };
  });
  return server;
}
