import type { WebhookSecret } from "@call-log/model";
import { Webhook } from "standardwebhooks";
import { expect, onTestFinished, test } from "vitest";

import { startWebhookReceiver } from "../testing/webhook-receiver.ts";
import { createAddressGuard } from "./address-guard.ts";
import { testWebhook } from "./test-webhook.ts";

const SECRETS: WebhookSecret[] = [
  { secret: `whsec_${Buffer.alloc(32, 1).toString("base64")}`, createdAt: new Date() },
  { secret: `whsec_${Buffer.alloc(32, 2).toString("base64")}`, createdAt: new Date() },
];

function depsFor(url: string | undefined) {
  const health = { noteSuccess: unexpected, noteFailure: unexpected, isUsed: unexpected };
  const target = { _id: "e", enabled: false, secrets: SECRETS };
  return {
    webhookEndpoints: { ...health, target: async () => url && { ...target, url } },
    addressGuard: createAddressGuard(["127.0.0.1"]),
    now: () => new Date(),
  } as Parameters<typeof testWebhook>[0];
}

const which = { endpointId: "e", projectId: "p" };

test("one event is sent, signed by every secret, also to a disabled endpoint; the health of the endpoint stays", async () => {
  const receiver = await startWebhookReceiver((_post, response) => {
    response.writeHead(418).end("short and stout");
  });
  onTestFinished(() => receiver.close());
  const tested = await testWebhook(depsFor(receiver.url), which);
  expect(tested).toMatchObject({ delivered: false, status: 418, answer: "short and stout" });
  expect(tested?.error).toContain("418");
  const [received, ...more] = receiver.posts;
  expect(more).toEqual([]);
  for (const { secret } of SECRETS)
    expect(
      new Webhook(secret).verify(received!.body, received!.headers as Record<string, string>),
    ).toMatchObject({
      type: "webhook.test",
      data: { projectId: "p" },
    });
  expect(received!.headers["webhook-id"]).toBe(tested?.eventId);
});

test("without an endpoint nothing is sent", async () => {
  expect(await testWebhook(depsFor(undefined), which)).toBeUndefined();
});

async function unexpected(): Promise<never> {
  throw new Error("a test says nothing about the health of the endpoint");
}
