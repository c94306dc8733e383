import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { createAddressGuard } from "../packages/dispatcher/src/webhooks/address-guard.ts";
import { testWebhook } from "../packages/dispatcher/src/webhooks/test-webhook.ts";
import { freePort } from "../packages/runtime/src/free-port.ts";
import { waitFor } from "../packages/testing/src/index.ts";
import { blocksOf, root, textOf } from "./markdown.ts";

// The receiver in Python is run by clients/python/tests/test_guide.py, where its library is installed.
const RECEIVERS = blocksOf(textOf("docs/guides/webhooks.md")).filter(
  ({ note }) => note === "receiver",
);
const secretOf = (byte: number) => `whsec_${Buffer.alloc(32, byte).toString("base64")}`;

/** Run the guide's receiver as a program; what it prints. */
async function runReceiver(environment: { PORT: string; WEBHOOK_SECRET: string }) {
  const program = RECEIVERS.find(({ language }) => language === "ts")!.content;
  mkdirSync(path.join(root, ".data"), { recursive: true });
  // Within the checkout, so that its package is found.
  const folder = mkdtempSync(path.join(root, ".data", "receiver-"));
  const file = path.join(folder, "receiver.mts");
  writeFileSync(file, program);
  const child = spawn(process.execPath, ["--import", "tsx", file], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  });
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  await isListening(child, environment.PORT);
  return { printed: () => printed };
}

async function isListening(child: ChildProcess, port: string): Promise<void> {
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    );
  await waitFor(answers, { describe: "the receiver", child });
}

/** Send it an event as call-log does, signed with a secret. */
function send(port: string, secret: string) {
  const target = {
    _id: "e",
    url: `http://127.0.0.1:${port}/`,
    enabled: true,
    secrets: [{ secret, createdAt: new Date() }],
  };
  const webhookEndpoints = { target: async () => target } as Partial<Endpoints> as Endpoints;
  const addressGuard = createAddressGuard(["127.0.0.1"]);
  const deps = { webhookEndpoints, addressGuard, now: () => new Date() };
  return testWebhook(deps, { endpointId: "e", projectId: "p" });
}

type Endpoints = Parameters<typeof testWebhook>[0]["webhookEndpoints"];

test("the guide has a receiver in each language that a test runs", () => {
  expect(RECEIVERS.map(({ language }) => language)).toEqual(["ts", "python"]);
});

test("the receiver for Node takes an event that call-log sends, and no other", async () => {
  const PORT = String(await freePort());
  const WEBHOOK_SECRET = secretOf(1);
  const { printed } = await runReceiver({ PORT, WEBHOOK_SECRET });
  expect(await send(PORT, secretOf(2))).toMatchObject({ delivered: false, status: 401 });
  expect(await send(PORT, WEBHOOK_SECRET)).toMatchObject({ delivered: true, status: 204 });
  await waitFor(() => printed() !== "");
  expect(printed().match(/verified/g)).toHaveLength(1);
  expect(printed()).toContain("webhook.test");
});
