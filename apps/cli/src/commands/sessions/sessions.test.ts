import { connectStore } from "@call-log/store";
import { freshDatabase } from "@call-log/testing";
import { expect, test } from "vitest";

import { cliOn } from "../../testing/cli-on.ts";

const LIFE = { seconds: 3600, idleSeconds: 3600 };

test("who is signed in is listed, and signed out one by one, by key, by person, or all", async () => {
  await using cli = cliOn(await freshDatabase());
  let elapsed = 0;
  const elapsedMs = () => (elapsed += 1000);
  const store = await connectStore({ uri: cli.mongodbUri, elapsedMs });
  await using _closing = { [Symbol.asyncDispose]: () => store.close() };
  const begin = (holder: Parameters<typeof store.sessions.begin>[0]["holder"]) =>
    store.sessions.begin({ holder, seconds: 3600, address: "10.0.0.7" });
  const isOpen = async ({ token }: { token: string }) =>
    (await store.sessions.find(token, LIFE)) !== undefined;
  const ada = { kind: "person", issuer: "https://id.example", subject: "ada-1" } as const;
  const named = { ...ada, name: "Ada", email: "ada@example.com", groups: ["oncall"] };
  const a = await begin({ kind: "key", keyId: "key-a" });
  const b = await begin({ kind: "key", keyId: "key-b" });
  const [first, second] = [await begin(named), await begin(named)];
  const c = await begin({ kind: "key", keyId: "key-c" });

  const { stdout } = await cli.run(["session", "list"]);
  expect(stdout).toMatch(/Ada ada@example\.com ada-1 .* 10\.0\.0\.7/);
  expect(stdout).toContain("key key-a");
  for (const { token } of [a, b, first, second, c]) expect(stdout).not.toContain(token);

  expect((await cli.run(["session", "end", a.session.id])).exitCode).toBe(0);
  expect([await isOpen(a), await isOpen(b)]).toEqual([false, true]);
  const again = await cli.run(["session", "end", a.session.id]);
  expect(again.stderr).toBe("call-log: ID: there is no such session; see: session list\n");

  const endAll = (...options: string[]) =>
    cli.json<{ ended: number }>(["session", "end-all", ...options]);
  expect(await endAll("--person", "ada@example.com")).toEqual({ ended: 2 });
  expect(await endAll("--key", "key-b")).toEqual({ ended: 1 });
  expect([await isOpen(first), await isOpen(b), await isOpen(c)]).toEqual([false, false, true]);
  expect(await endAll("--everybody")).toEqual({ ended: 1 });
  expect((await cli.run(["session", "list"])).stdout).toContain("nobody is signed in");

  for (const options of [[], ["--key", "a", "--everybody"]]) {
    const refused = await cli.run(["session", "end-all", ...options]);
    expect(refused.stderr).toContain("give one of --key, --person and --everybody");
  }
});
