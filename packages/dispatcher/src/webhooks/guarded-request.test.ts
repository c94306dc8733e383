import type { lookup } from "node:dns";

import { describe, expect, onTestFinished, test } from "vitest";

import { startWebhookReceiver } from "../testing/webhook-receiver.ts";
import { createAddressGuard } from "./address-guard.ts";
import { guardedRequest } from "./guarded-request.ts";

const guard = createAddressGuard(["127.0.0.0/8"]);
const outgoing = (url: string) => ({ url, headers: { "x-test": "1" }, body: "{}" });

async function receiver(answer?: Parameters<typeof startWebhookReceiver>[0]) {
  const started = await startWebhookReceiver(answer);
  onTestFinished(() => started.close());
  return started;
}

describe("a guarded request", () => {
  test("posts the body with its headers, and keeps the beginning of the answer", async () => {
    const { url, posts } = await receiver(
      (_post, response) =>
        void response.writeHead(200, { "retry-after": "7" }).end("x".repeat(5000)),
    );
    const answer = await guardedRequest(outgoing(`${url}/a?b=1`), { guard, timeoutSeconds: 10 });
    expect(answer).toEqual({ status: 200, body: "x".repeat(1024), retryAfter: "7" });
    expect(posts[0]).toMatchObject({ path: "/a?b=1", body: "{}", headers: { "x-test": "1" } });
  });

  test("does not follow a redirect", async () => {
    const target = await receiver();
    const { url } = await receiver(
      (_post, response) => void response.writeHead(302, { location: target.url }).end(),
    );
    const answer = await guardedRequest(outgoing(url), { guard, timeoutSeconds: 10 });
    expect(answer.status).toBe(302);
    expect(target.posts).toEqual([]);
  });

  test("gives up on a receiver that does not answer in time", async () => {
    const { url } = await receiver(() => undefined);
    const sent = guardedRequest(outgoing(url), { guard, timeoutSeconds: 0.05 });
    await expect(sent).rejects.toThrow("no answer within 0.05 seconds");
  });

  test("counts an answer whose body never ends by its status", async () => {
    const { url } = await receiver(
      (_post, response) => void response.writeHead(200).write("begun"),
    );
    const answer = await guardedRequest(outgoing(url), { guard, timeoutSeconds: 0.2 });
    expect(answer).toMatchObject({ status: 200, body: "begun" });
  });

  test("connects to the address that was checked, whatever the name leads to afterwards", async () => {
    const { url, posts } = await receiver();
    const asked: string[] = [];
    const resolve = ((name: string, _options: object, callback: (...args: unknown[]) => void) => {
      asked.push(name);
      // The first answer is allowed; a second look would lead elsewhere.
      callback(null, [{ address: asked.length === 1 ? "127.0.0.1" : "127.0.0.2", family: 4 }]);
    }) as unknown as typeof lookup;
    const rebinding = createAddressGuard(["127.0.0.1"], resolve);
    const named = url.replace("127.0.0.1", "hooks.example.com");
    await guardedRequest(outgoing(named), { guard: rebinding, timeoutSeconds: 10 });
    expect(posts).toHaveLength(1);
    expect(asked).toEqual(["hooks.example.com"]);
  });

  test("says why there was no connection, without the address", async () => {
    const gone = await startWebhookReceiver();
    await gone.close();
    const sent = guardedRequest(outgoing(`${gone.url}/secret`), { guard, timeoutSeconds: 10 });
    await expect(sent).rejects.toThrow(/^no connection: ECONNREFUSED$/);
  });

  test("refuses an address and a name that lead inside", async () => {
    const strict = createAddressGuard([]);
    const { url, posts } = await receiver();
    for (const inside of [url, url.replace("127.0.0.1", "localhost")]) {
      const sent = guardedRequest(outgoing(inside), { guard: strict, timeoutSeconds: 10 });
      await expect(sent).rejects.toThrow("the address is private");
    }
    expect(posts).toEqual([]);
  });
});
