import { randomUUID } from "node:crypto";

import { afterAll, beforeAll, expect, test } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";

let api: FreshApi;
beforeAll(async () => {
  api = await freshApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const URL_OF_BOT = "https://hooks.example.com/calls";

test("an operator's key has the webhooks of the installation, and a project's key its own", async () => {
  const { key } = await api.keyWith(["Operator"]);
  const as = { key };
  const created = await api.ask("POST", "/webhooks", { ...as, body: { url: URL_OF_BOT } });
  expect(created).toMatchObject({
    status: 201,
    body: { endpoint: { events: ["problem.began", "problem.ended"] } },
  });
  const { _id: id } = created.body["endpoint"] as { _id: string };
  const listed = await api.ask("GET", "/webhooks", as);
  expect(listed.body).toMatchObject({ endpoints: [{ _id: id }] });
  expect((await api.ask("GET", "/webhooks")).body).toEqual({ endpoints: [] });
  expect((await api.ask("GET", `/webhooks/${id}`)).status).toBe(404);
  const change = { body: { description: "Pager" } };
  const changed = await api.ask("PATCH", `/webhooks/${id}`, { ...as, ...change });
  expect(changed.body).toMatchObject({ description: "Pager" });
  const event = { type: "call.exhausted" };
  const refused = await api.ask("PATCH", `/webhooks/${id}`, {
    ...as,
    body: { events: [event.type] },
  });
  expect(refused).toMatchObject({ status: 400, text: expect.stringContaining("events: ") });
  const problem = { eventId: "p-began", type: "problem.began", problemId: "p" } as const;
  const { webhookDeliveries } = api.store;
  await webhookDeliveries.add([
    { kind: "webhook", endpointId: id, sequence: 1, body: "{}", ...problem },
  ]);
  await webhookDeliveries.failPending(id, "the receiver answered 500");
  const since = { body: { since: "2026-01-01T00:00:00Z" } };
  const resent = await api.ask("POST", "/webhook-deliveries/resend-failed", { ...as, ...since });
  expect(resent).toMatchObject({ status: 200, body: { deliveries: 1 } });
  const ofOperator = await api.ask("GET", "/webhook-deliveries?state=pending", as);
  expect(ofOperator.body).toMatchObject({ count: 1, data: [{ endpointId: id }] });
  expect((await api.ask("GET", "/webhook-deliveries")).body).toMatchObject({ count: 0 });
  expect((await api.ask("DELETE", `/webhooks/${id}`, as)).body).toEqual({ deleted: true });
});

test("what failed since a time is sent again, to one endpoint or to all that are enabled", async () => {
  const { webhookEndpoints, webhookDeliveries } = api.store;
  const { projectId } = api;
  const made = await Promise.all(
    [1, 2].map(() => webhookEndpoints.create(projectId, { url: URL_OF_BOT })),
  );
  const [one, other] = made.map(({ endpoint }) => endpoint._id) as [string, string];
  const event = { type: "call.exhausted", sequence: 1, body: "{}" } as const;
  for (const endpointId of [one, other]) {
    const eventId = `${randomUUID()}-e1`;
    await webhookDeliveries.add([{ kind: "webhook", projectId, endpointId, eventId, ...event }]);
    await webhookDeliveries.failPending(endpointId, "the receiver answered 500");
  }
  const resend = async (body: object) =>
    (await api.ask("POST", "/webhook-deliveries/resend-failed", { body })).body;
  const since = "2026-01-01T00:00:00Z";
  expect(await resend({ since: "2100-01-01T00:00:00Z" })).toEqual({ deliveries: 0 });
  expect(await resend({ since, endpointId: one })).toEqual({ deliveries: 1 });
  expect(await resend({ since })).toEqual({ deliveries: 1 });
  expect(await resend({ since: "yesterday" })).toMatchObject({
    message: expect.stringMatching(/^since: /),
  });
  await webhookEndpoints.update(projectId, other, { enabled: false });
  expect(await resend({ since, endpointId: other })).toMatchObject({
    message: expect.stringContaining("disabled"),
  });
});
