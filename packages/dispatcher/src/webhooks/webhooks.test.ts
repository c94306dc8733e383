import type { CallRequestInput } from "@call-log/model";
import { freshDatabase, freshRedis, waitFor } from "@call-log/testing";
import { Webhook } from "standardwebhooks";
import { describe, expect, onTestFinished, test, vi } from "vitest";

import { aRequest, ASKS_FOR_4 } from "../testing/a-call.ts";
import { createInstallation, type DispatcherParts } from "../testing/installation.ts";
import { type ReceivedPost, startWebhookReceiver } from "../testing/webhook-receiver.ts";

const LOOPBACK = { allowedAddresses: ["127.0.0.1"] };

interface EventBody {
  type: string;
  timestamp: string;
  data: { projectId: string; callLog: Record<string, unknown>; change: Record<string, unknown> };
}

const bodyOf = ({ body }: ReceivedPost) => JSON.parse(body) as EventBody;
const idOf = ({ headers }: ReceivedPost) => String(headers["webhook-id"]);

function verified(post: ReceivedPost, secret: string): unknown {
  const names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
  const headers = Object.fromEntries(names.map((name) => [name, String(post.headers[name])]));
  return new Webhook(secret).verify(post.body, headers);
}

async function running(parts: DispatcherParts = LOOPBACK) {
  const installation = await createInstallation({
    mongo: await freshDatabase(),
    redis: await freshRedis(),
  });
  onTestFinished(() => installation[Symbol.asyncDispose]());
  const dispatcher = installation.dispatcher({ hasCallbacks: true, ...parts });
  installation.work(dispatcher);
  const accept = async (request: Partial<CallRequestInput> = {}) => {
    const { projectId } = installation;
    return (await dispatcher.accept({ projectId, request: aRequest(request) }))._id;
  };
  return { ...installation, dispatcher, accept };
}

async function receiver(answer?: Parameters<typeof startWebhookReceiver>[0]) {
  const started = await startWebhookReceiver(answer);
  onTestFinished(() => started.close());
  return started;
}

describe("webhooks", () => {
  test("tell a call from its acceptance to its price, in order, signed, each once", async () => {
    const { store, projectId, accept } = await running();
    const { url, posts } = await receiver();
    const { secret } = await store.webhookEndpoints.create(projectId, { url: `${url}/hook` });
    const request = {
      toNumber: "+15550100100",
      say: ASKS_FOR_4,
      reachedWhen: "acknowledged",
    } as const;
    const id = await accept(request);
    await waitFor(() => posts.some((post) => bodyOf(post).type === "call.price-final"));
    for (const post of posts) expect(verified(post, secret)).toBeTruthy();
    const bodies = posts.map(bodyOf);
    const statuses = bodies.filter(({ type }) => type === "call.status-changed");
    const steps = statuses.map(({ data }) => [data.change["from"], data.change["to"]]);
    expect(steps[0]).toEqual([null, "Queued"]);
    expect(steps.at(-1)?.[1]).toBe("Completed");
    // Each begins where the one before ended: none is lost, and none is out of order.
    expect(steps.slice(1).map(([from]) => from)).toEqual(steps.slice(0, -1).map(([, to]) => to));
    expect(steps.map(([, to]) => to)).toContain("Dialing");
    const types = bodies.map(({ type }) => type);
    for (const type of ["call.acknowledged", "call.attempt-ended", "call.price-final"])
      expect(types.filter((one) => one === type)).toHaveLength(1);
    expect(types.indexOf("call.acknowledged")).toBeLessThan(types.indexOf("call.attempt-ended"));
    expect(posts.map(idOf)).toEqual(posts.map((_post, index) => `${id}-e${index + 1}`));
    expect(bodies.at(-1)?.data).toMatchObject({
      projectId,
      callLog: {
        _id: id,
        status: "Completed",
        toNumber: "+15550100100",
        project: { name: "Shop" },
      },
      change: { pricing: "final" },
    });
    const left = await store.calls.find(id);
    expect(left).not.toHaveProperty("outbox");
    // The last one has arrived, and is noted a moment later.
    const data = await waitFor(async () => {
      const page = { state: "all", skip: 0, limit: 100 } as const;
      const listed = await store.webhookDeliveries.list(projectId, page);
      return listed.data.every(({ state }) => state === "delivered") && listed.data;
    });
    expect(data).toHaveLength(posts.length);
    expect(data.map(({ tries }) => tries[0]?.status)).toEqual(posts.map(() => 204));
  });

  test("go to the address that a request names, for the events that it names", async () => {
    const { store, projectId, accept } = await running();
    const { url, posts } = await receiver();
    const request = { toNumber: "+15550100110", retry: { maxAttempts: 1 } };
    const id = await accept({ ...request, notify: { url, events: ["call.exhausted"] } });
    await waitFor(() => posts.length > 0);
    const [post, ...others] = posts;
    expect(others).toEqual([]);
    expect(bodyOf(post!)).toMatchObject({
      type: "call.exhausted",
      data: { callLog: { _id: id }, change: { status: "Busy" } },
    });
    expect(bodyOf(post!).data.callLog).not.toHaveProperty("notify");
    const holder = await store.webhookEndpoints.ensureNotify(projectId);
    const acting = { actor: { kind: "system" as const, id: "test" } };
    const [current] = (await store.webhookEndpoints.showSecrets(projectId, holder, acting)) ?? [];
    expect(verified(post!, current!.secret)).toBeTruthy();
  });

  test("cost a project nothing that asks for none", async () => {
    const { store, accept } = await running();
    const id = await accept({ toNumber: "+15550100110", retry: { maxAttempts: 1 } });
    const record = await waitFor(async () => {
      const found = await store.calls.find(id);
      return found?.status === "Busy" && found;
    });
    for (const field of ["outbox", "outboxAt", "eventCount", "notify"])
      expect(record).not.toHaveProperty(field);
  });

  test("are kept no longer than their call", async () => {
    const { store, projectId, accept } = await running();
    const { url, posts } = await receiver();
    await store.projects.update(projectId, { retentionDays: 7 });
    await store.webhookEndpoints.create(projectId, { url });
    const id = await accept({ toNumber: "+15550100110", retry: { maxAttempts: 1 } });
    await waitFor(() => posts.some((post) => bodyOf(post).type === "call.price-final"));
    const [call, { data }] = await Promise.all([
      store.calls.find(id),
      store.webhookDeliveries.list(projectId, { state: "all", skip: 0, limit: 100 }),
    ]);
    const callExpires = call!.updatedAt.getTime() + 7 * 86_400_000;
    expect(data.length).toBeGreaterThanOrEqual(posts.length);
    expect(data.filter(({ expireAt }) => expireAt.getTime() > callExpires)).toEqual([]);
  });

  test("that were written by a process that died are moved by another one, with the same id", async () => {
    const { store, projectId, accept, dispatcher } = await running();
    const { url, posts } = await receiver();
    // As if every process died right after its write.
    vi.spyOn(dispatcher.context.outbox, "move").mockReturnValue();
    await store.webhookEndpoints.create(projectId, { url, events: ["call.status-changed"] });
    const id = await accept({ toNumber: "+15550100110", retry: { maxAttempts: 1 } });
    await waitFor(() => posts.length >= 3);
    expect(posts.slice(0, 3).map(idOf)).toEqual([`${id}-e1`, `${id}-e2`, `${id}-e3`]);
  });

  test("of one endpoint that hangs hold up no other endpoint", async () => {
    const { store, projectId, accept } = await running();
    let open = 0;
    let mostOpen = 0;
    const hanging = await receiver((_post, response) => {
      open += 1;
      mostOpen = Math.max(mostOpen, open);
      response.once("close", () => (open -= 1));
    });
    const answering = await receiver();
    for (const { url } of [hanging, answering])
      await store.webhookEndpoints.create(projectId, { url, events: ["call.exhausted"] });
    const ids = await Promise.all(
      Array.from({ length: 20 }, () =>
        accept({ toNumber: "+15550100110", retry: { maxAttempts: 1 } }),
      ),
    );
    await waitFor(() => answering.posts.length === ids.length);
    expect(mostOpen).toBeLessThanOrEqual(4);
    // A delivery that has arrived is noted a moment later; those to the other endpoint stay.
    await waitFor(async () => {
      const page = { state: "pending", skip: 0, limit: 100 } as const;
      return (await store.webhookDeliveries.list(projectId, page)).data.length === ids.length;
    });
  });

  test("go to no private address unless it is allowed, and follow no redirect", async () => {
    const { store, projectId, accept } = await running({ allowedAddresses: [] });
    const { url, posts } = await receiver();
    await store.webhookEndpoints.create(projectId, { url, events: ["call.exhausted"] });
    await accept({ toNumber: "+15550100110", retry: { maxAttempts: 1 } });
    const tried = await waitFor(async () => {
      const input = { state: "all", skip: 0, limit: 1 } as const;
      const [first] = (await store.webhookDeliveries.list(projectId, input)).data;
      return first?.tries[0];
    });
    expect(tried.error).toContain("WEBHOOK_ALLOWED_ADDRESSES");
    expect(posts).toEqual([]);
    await expect(accept({ notify: { url } })).rejects.toThrow(
      /^notify\.url: the address is private/,
    );
  });
});
