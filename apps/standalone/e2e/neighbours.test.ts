import type { CallRequestInput } from "@call-log/client";
import type { Attempt } from "@call-log/model";
import { readLedger } from "@call-log/provider";
import { connectStore } from "@call-log/store";
import { waitFor } from "@call-log/testing";
import { expect, test } from "vitest";

import { freshFolder, startProcess } from "./standalone-process.ts";

const KEY = "bootstrap-key-of-the-test";
/** Numbers of the simulated provider: answered; refused for the account; refused for the from-number. */
const [ANSWERED, ACCOUNT, FROM_NUMBER] = ["+15550100100", "+15550100122", "+15550100123"] as const;
/** By how much more than usual a neighbour may delay a call, in milliseconds. */
const MOST_DELAY_MS = 2000;
/** Calls that the neighbour sends at once. */
const BACKLOG = 300;
/** Acts on the installation, by procedure. */
const FORBIDDEN = {
  "system.pauseProvider": { name: "simulated", reason: "mine" },
  "system.resumeProvider": { name: "simulated" },
  "numbers.takeBack": { number: "+15550001111" },
  "operator.projects.pause": { id: "5f8b9c0d-e1a2-4b3c-8d5e-6f7a8b9c0d1e", reason: "mine" },
};
const ROUNDS = ["emergency", "normal", "emergency"] as const;

test("a project that every provider refuses delays no call of another project, from the same number", async () => {
  await using folder = await freshFolder();
  await using product = startProcess(folder.path, {
    BOOTSTRAP_API_KEY: KEY,
    SIMULATED_SPEED: "20",
  });
  const { url, mongodbUri } = await product.ready();
  const bad = await anotherProject(mongodbUri);

  /** From the request until the provider is asked, by the clock of its own ledger, in milliseconds. */
  const delayOf = async (priority: "emergency" | "normal") => {
    const at = Date.now();
    const request = { toNumber: ANSWERED, say: "Fire", priority };
    const { _id } = await post<{ _id: string }>(url, KEY, request);
    const placed = await waitFor(
      async () => (await readLedger(folder.path)).find(({ attemptId }) => attemptId === `${_id}-1`),
      { timeoutMs: 60_000, describe: "the call at the provider" },
    );
    return placed.createdAt.getTime() - at;
  };
  const delays = async () => {
    const seen: number[] = [];
    for (const priority of ROUNDS) seen.push(await delayOf(priority));
    return seen.toSorted((a, b) => a - b);
  };

  const usual = (await delays())[Math.floor(ROUNDS.length / 2)]!;
  const refusals = [ACCOUNT, FROM_NUMBER].flatMap((toNumber) =>
    Array.from({ length: 10 }, () => post<{ _id: string }>(url, bad, { toNumber, say: "x" })),
  );
  const refused = await Promise.all(refusals);
  await waitFor(
    async () => {
      const seen = await Promise.all(refused.map(({ _id }) => attemptsOf(url, bad, _id)));
      const classes = seen.flatMap((attempts) => attempts.map(({ errorClass }) => errorClass));
      return classes.includes("account") && classes.includes("fromNumber");
    },
    { timeoutMs: 60_000, describe: "both refusals" },
  );
  const slowest = (await delays()).at(-1)!;
  expect(slowest).toBeLessThan(usual + MOST_DELAY_MS);

  // What B may not do, and a backlog of B's.
  for (const [path, input] of Object.entries(FORBIDDEN))
    expect((await tryTo(url, bad, { path, input })).status).toBe(403);
  const backlog = Array.from({ length: BACKLOG }, () => ({ toNumber: ANSWERED, say: "x" }));
  const taken = await tryTo(url, bad, { path: "calls.dispatchMany", input: { requests: backlog } });
  expect(taken.status).toBe(200);
  expect(await delayOf("emergency")).toBeLessThan(usual + MOST_DELAY_MS);
  // What the other project did is nothing that this one sees.
  expect(product.errors()).not.toMatch(/\+1555|is paused/);
});

async function anotherProject(uri: string): Promise<string> {
  const store = await connectStore({ uri });
  const { _id: projectId } = await store.projects.create({ name: "Another" });
  const { key } = await store.keys.create({ projectId, permissions: ["Project Owner"] });
  await store.close();
  return key;
}

function tryTo(url: string, key: string, { path, input }: { path: string; input: object }) {
  return fetch(`${url}/trpc/${path}`, {
    method: "POST",
    headers: { ApiKey: key, "Content-Type": "application/json" },
    body: JSON.stringify(input),
  });
}

async function post<T>(url: string, key: string, request: CallRequestInput): Promise<T> {
  return ask<T>(`${url}/api/call-log`, key, request);
}

async function attemptsOf(url: string, key: string, id: string): Promise<Attempt[]> {
  const query = { select: { attempts: true } };
  const item = await ask<{ attempts: Attempt[] }>(`${url}/api/call-log/${id}/get-item`, key, query);
  return item.attempts;
}

async function ask<T>(address: string, key: string, body: object): Promise<T> {
  const response = await fetch(address, {
    method: "POST",
    headers: { ApiKey: key, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${address}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}
