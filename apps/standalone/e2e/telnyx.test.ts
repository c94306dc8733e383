import { createCallLogClient, type CallRequestInput } from "@call-log/client";
import { freePort } from "@call-log/runtime";
import { startFakeTelnyx, waitFor } from "@call-log/testing";
import { afterAll, expect, test } from "vitest";

import { COMPRESSED_TIME, freshFolder, startProcess } from "./standalone-process.ts";

const KEY = "bootstrap-key-of-the-test";

const fake = await startFakeTelnyx({ speed: 20 });
afterAll(() => fake.close());

const SETTINGS = {
  ...COMPRESSED_TIME,
  BOOTSTRAP_API_KEY: KEY,
  PROVIDER: "telnyx",
  TELNYX_API_KEY: fake.apiKey,
  TELNYX_PUBLIC_KEY: fake.publicKey,
  TELNYX_CONNECTION_ID: fake.connectionId,
  TELNYX_API_BASE_URL: fake.url,
  CALLEE_LIMITS: "off",
  PROVIDER_CALLS_PER_SECOND: "100",
};

const menu: CallRequestInput["say"] = [
  { say: "The database is down." },
  { gather: { say: "Press 4.", on: { "4": { acknowledge: true, say: "Thank you." } } } },
];

test("with Telnyx calls end as scripted, at the price of the event, and are spoken step by step", async () => {
  const cases = [
    ["+15550100100", "Completed"],
    ["+15550100103", "Not Reached"],
    ["+15550100110", "Busy"],
    ["+15550100111", "No Answer"],
    ["+15550100120", "Failed"],
    ["+15550100145", "Completed"],
  ] as const;
  const port = await freePort();
  await using folder = await freshFolder();
  await using product = startProcess(folder.path, {
    ...SETTINGS,
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    TELNYX_FROM_NUMBER: "+15558880003",
  });
  const { url } = await product.ready();
  const client = createCallLogClient({ url, apiKey: KEY });
  const fromNumber = "+15558880003";
  const ids: string[] = [];
  for (const [toNumber] of cases) {
    const reachedWhen = toNumber.endsWith("0103") ? "human" : "answered";
    const request = { toNumber, fromNumber, say: menu, reachedWhen } as const;
    ids.push((await client.calls.dispatch.mutate(request))._id);
  }
  const select = { status: true, pricing: true, callCostInUSDCents: true, attempts: true } as const;
  const items = await waitFor(
    async () => {
      const all = await Promise.all(ids.map((id) => client.callLog.getItem.query({ id, select })));
      return all.every(({ pricing }) => pricing === "final") ? all : undefined;
    },
    { describe: "all calls to be over and paid" },
  );
  expect(items.map(({ status }) => status)).toEqual(cases.map(([, status]) => status));
  const attempts = items.flatMap((item) => item.attempts ?? []);
  const bound = attempts.flatMap(({ providerCallId }) => providerCallId ?? []);
  const placed = fake.calls().map(({ id }) => id);
  expect(bound.toSorted()).toEqual(placed.toSorted());
  const reached = fake.calls().find(({ to }) => to === "+15550100100")!;
  expect(reached.spoken).toEqual(["The database is down.", "Press 4.", "Thank you."]);
  expect(items[0]).toMatchObject({ callCostInUSDCents: 0.7, attempts: [{ digits: "4" }] });
  expect(product.errors()).not.toMatch(/\+1555|database is down/);
});

test("a wrong key ends the start with a line that says so", async () => {
  await using folder = await freshFolder();
  await using product = startProcess(folder.path, { ...SETTINGS, TELNYX_API_KEY: "wrong" });
  expect(await product.ended).toBe(1);
  expect(product.errors()).toContain("PROVIDER: telnyx: Telnyx refuses TELNYX_API_KEY");
});
