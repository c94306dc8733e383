import type { CallProducer } from "@call-log/client";
import Fastify, { type FastifyInstance } from "fastify";

import { alertmanagerWebhook } from "./alertmanager-webhook.ts";
import { callForAlert } from "./call-for-alert.ts";

/** Where calls go. */
export interface AlertReceiverOptions {
  producer: Pick<CallProducer, "addMany">;
  projectId: string;
  /** Phone of whoever is on call. */
  toNumber: string;
}

/** Takes Alertmanager's notifications at `POST /alerts`. It answers 200 when every call is on the queue; else Alertmanager tries again. */
export function buildAlertReceiver(options: AlertReceiverOptions): FastifyInstance {
  const { producer, projectId, toNumber } = options;
  const server = Fastify();
  server.post("/alerts", async (request, reply) => {
    const body = alertmanagerWebhook.safeParse(request.body);
    if (!body.success) return reply.code(400).send({ error: "not a notification of version 4" });
    const calls = body.data.alerts.flatMap((alert) => callForAlert(alert, toNumber) ?? []);
    if (calls.length > 0) await producer.addMany(projectId, calls);
    return { queued: calls.length };
  });
  return server;
}
