import { randomUUID } from "node:crypto";
import { PassThrough, Readable } from "node:stream";

import { waitFor } from "@call-log/testing";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { runCli } from "../../cli.ts";
import type { CliRun } from "../../testing/cli-on.ts";
import { wholeInstallation } from "../../testing/whole-installation.ts";
import type { EndpointView } from "../../webhooks/webhook-source.ts";

const URL_OF_BOT = "https://hooks.example.com/calls";

let here: Awaited<ReturnType<typeof wholeInstallation>>;
let api: Record<string, string>;
beforeAll(async () => {
  here = await wholeInstallation();
  const { key } = await here.store.keys.create({
    projectId: here.project._id,
    permissions: ["Project Owner"],
  });
  api = { ...here.environment, CALL_LOG_API_KEY: key };
});
afterAll(() => here[Symbol.asyncDispose]());

/** A delivery that failed; its id. */
async function failed(endpointId: string): Promise<string> {
  const { store, project } = here;
  const eventId = `${randomUUID()}-e1`;
  const event = { eventId, type: "call.exhausted", sequence: 1, body: "{}" } as const;
  const { _id: projectId } = project;
  await store.webhookDeliveries.add([{ kind: "webhook", projectId, endpointId, ...event }]);
  await store.webhookDeliveries.failPending(endpointId, "the receiver answered 500");
  return `${eventId}-${endpointId}`;
}

describe.each(["the database", "the api"])("webhooks through %s", (way) => {
  const run = (...argv: string[]): Promise<CliRun> =>
    here.cli.run(["webhooks", ...argv], { environment: way === "the api" ? api : {} });
  const json = async <T>(...argv: string[]): Promise<T> =>
    JSON.parse((await run(...argv, "--json")).stdout) as T;
  const created = () =>
    json<{ endpoint: EndpointView; secret: string }>("create", URL_OF_BOT, "--description", way);

  test("are created, listed, changed and deleted", async () => {
    const event = ["--event", "call.exhausted", "--event", "call.acknowledged"];
    const { stdout, stderr } = await run("create", URL_OF_BOT, "--description", way, ...event);
    expect(stdout).toMatch(/^whsec_.*\n$/);
    const [, id = ""] = /endpoint (\S+);/.exec(stderr) ?? [];
    expect((await run("list")).stdout).toMatch(
      new RegExp(`${id} +${URL_OF_BOT} +enabled +0 delivered, 0 failed, 0 pending +call\\.exhaus`),
    );
    expect((await run("update", id, "--disable")).stdout).toMatch(/state: +disabled 20/);
    expect((await run("update", id, "--enable", "--to", `${URL_OF_BOT}/2`)).stdout).toMatch(
      /calls\/2\n.*\nstate: +enabled/,
    );
    expect((await run("show", id)).stdout).toContain("call.exhausted, call.acknowledged");
    expect((await run("delete", id)).stdout).toBe(`endpoint ${id} deleted\n`);
    const gone = await run("show", id);
    expect(gone).toMatchObject({ exitCode: 1, stdout: "" });
    expect(gone.stderr).toMatch(/no such webhook endpoint/);
  });

  test("rotate their secret, and that of the addresses in requests", async () => {
    const { endpoint, secret } = await created();
    expect((await run("secret", endpoint._id)).stdout).toBe(`${secret}\n`);
    const rotated = await run("rotate", endpoint._id, "--overlap-hours", "2");
    expect(rotated.stderr).toMatch(/the old secret signs until 20/);
    const after = await run("secret", endpoint._id);
    expect([after.stdout, after.stderr]).toEqual([
      rotated.stdout,
      expect.stringMatching(/an older secret signs beside it until 20/),
    ]);
    const notify = await run("secret", "notify");
    expect((await run("secret", "notify")).stdout).toBe(notify.stdout);
    expect((await run("rotate", "notify")).stdout).not.toBe(notify.stdout);
  });

  test("show deliveries and send them again", async () => {
    const { endpoint } = await created();
    // Nothing is sent to a disabled endpoint, so the state stays as it is.
    const id = await failed(endpoint._id);
    const one = ["--endpoint", endpoint._id, "--from", "1h"];
    expect((await run("deliveries", ...one, "--state", "failed")).stdout).toMatch(
      new RegExp(`${id}.*call\\.exhausted +failed +0 +the receiver answered 500`),
    );
    expect((await run("deliveries", ...one, "--type", "call.unknown")).stdout).toBe(
      "no deliveries\n",
    );
    expect((await run("delivery", id)).stdout).toMatch(/0 ms +- +the receiver answered 500\n\n{}/);
    expect((await run("resend", id)).stdout).toContain(id);
    await here.store.webhookDeliveries.failPending(endpoint._id, "again");
    const since = ["--failed-since", "1h", "--to-endpoint", endpoint._id];
    expect((await run("resend", ...since)).stdout).toBe("deliveries that are sent again: 1\n");
    expect((await run("resend", ...since)).stdout).toBe("deliveries that are sent again: 0\n");
    await here.store.webhookDeliveries.failPending(endpoint._id, "again");
    expect((await run("resend", "--failed-since", "1h")).stdout).toMatch(/again: [1-9]\d*\n/);
    for (const [argv, message] of [
      [[id, "--failed-since", "1h"], "ID: give it or --failed-since"],
      [[], "ID: give it or --failed-since"],
      [[id, "--to-endpoint", endpoint._id], "--to-endpoint: goes with --failed-since"],
    ] as const) {
      const stderr = expect.stringContaining(message) as string;
      expect(await run("resend", ...argv)).toMatchObject({ exitCode: 2, stderr });
    }
    await here.store.webhookDeliveries.failPending(endpoint._id, "again");
    expect((await run("replay", endpoint._id, "--from", "1h")).stdout).toMatch(/again: 1\n/);
    expect(await run("replay", endpoint._id, "--from", "1h", "--to", "2h")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("--to: must be after --from") as string,
    });
  });
});

test("a test shows why the receiver was not asked; without a key it says what is missing", async () => {
  const { stdout } = await here.cli.run(
    ["webhooks", "create", "http://127.0.0.1:9/hook", "--json"],
    { environment: api },
  );
  const { endpoint } = JSON.parse(stdout) as { endpoint: EndpointView };
  const argv = ["webhooks", "test", endpoint._id];
  const tested = await here.cli.run(argv, { environment: api });
  expect(tested).toMatchObject({
    exitCode: 1,
    stdout: expect.stringMatching(/^no answer.*private/),
  });
  expect((await here.cli.run(argv)).stderr).toContain("--api-key: is needed");
});

test.each([
  [["create", "ftp://x"], "--url: must be an http or https address"],
  [["create", URL_OF_BOT, "--event", "call.ended"], "--event: must be one of: call."],
  [["update", "x", "--enable"], "--id: must be a UUID"],
  [["update", randomUUID()], "--to: give it, or --event"],
  [["rotate", "notify", "--overlap-hours", "169"], "--overlap-hours: must be a whole number"],
])("%j is refused by its option", async (argv, message) => {
  const { exitCode, stderr } = await here.cli.run(["webhooks", ...argv]);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
});

test("listen prints what it verifies, refuses the rest, and deletes its endpoint when it stops", async () => {
  const abort = new AbortController();
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const written = { out: "", err: "" };
  stdout.on("data", (chunk: Buffer) => void (written.out += String(chunk)));
  stderr.on("data", (chunk: Buffer) => void (written.err += String(chunk)));
  const environment = { MONGODB_URI: here.cli.mongodbUri, DATA_DIR: "/nonexistent", ...api };
  const terminal = { stdin: Readable.from([]), stdout, stderr, environment, signal: abort.signal };
  const running = runCli(["webhooks", "listen", "--port", "0"], terminal);
  const [, url = ""] = await waitFor(() => /listening on (\S+)\n/.exec(written.out) ?? false);
  const { webhookEndpoints } = here.store;
  const all = await webhookEndpoints.list(here.project._id);
  const own = all.find((one) => one.url === url)!;
  const acting = { actor: { kind: "command-line", id: "test" } } as const;
  const secrets = await webhookEndpoints.showSecrets(here.project._id, own._id, acting);
  const data = { callLog: { _id: "c-1", status: "Busy" }, change: { from: null, to: "Busy" } };
  const body = JSON.stringify({ type: "call.status-changed", timestamp: new Date(), data });
  const post = async (secret: string) => {
    const at = new Date();
    const headers = {
      "webhook-id": "c-1-e1",
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
      "webhook-signature": new Webhook(secret).sign("c-1-e1", at, body),
    };
    return (await fetch(url, { method: "POST", headers, body })).status;
  };
  expect(await post(secrets![0]!.secret)).toBe(204);
  expect(await post(`whsec_${Buffer.alloc(32).toString("base64")}`)).toBe(401);
  await waitFor(() => written.err.includes("refused: "));
  expect(written.out).toMatch(/call\.status-changed  c-1  Busy  \{"from":null,"to":"Busy"\}\n/);
  abort.abort();
  expect(await running).toBe(0);
  expect(await webhookEndpoints.find(here.project._id, own._id)).toBeUndefined();
});
