import { createCallLogClient, type CallRequestInput } from "@call-log/client";
import { CALL_STATUS_NAMES, isFinalStatus } from "@call-log/model";
import { freePort } from "@call-log/runtime";
import { startFakeTwilio, waitFor, type FakeTwilio } from "@call-log/testing";
import { afterAll, describe, expect, test } from "vitest";

import { COMPRESSED_TIME, freshFolder, startProcess } from "./standalone-process.ts";

const KEY = "bootstrap-key-of-the-test";
const BLOCK = "+1555010";

const fake = await startFakeTwilio({ speed: 20 });
afterAll(() => fake.close());

/** Final, or held for a person to look at. */
const SETTLED = new Set<string>([
  ...CALL_STATUS_NAMES.filter((status) => isFinalStatus(status)),
  "Unknown",
]);

const menu: CallRequestInput["say"] = [
  { say: "The database is down." },
  {
    gather: {
      say: "Press 4 to acknowledge.",
      on: { "4": { acknowledge: true, say: "Thank you." } },
    },
  },
];

const twoQuestions: CallRequestInput["say"] = [
  { gather: { say: "Press 4 to hear the alert.", on: { "4": {} } } },
  ...menu,
];

function settingsOf({ url, accountSid, authToken }: FakeTwilio): Record<string, string> {
  return {
    ...COMPRESSED_TIME,
    BOOTSTRAP_API_KEY: KEY,
    PROVIDER: "twilio",
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_API_BASE_URL: url,
    CALLEE_LIMITS: "off",
    PROVIDER_CALLS_PER_SECOND: "100",
  };
}

/** Starts the product, places one call for each of the numbers, and waits until each is over and its price known. */
async function callAll(settings: Record<string, string>, requests: CallRequestInput[]) {
  await using folder = await freshFolder();
  await using product = startProcess(folder.path, { ...settingsOf(fake), ...settings });
  const { url } = await product.ready();
  const client = createCallLogClient({ url, apiKey: KEY });
  const ids: string[] = [];
  for (const request of requests) ids.push((await client.calls.dispatch.mutate(request))._id);
  const select = {
    status: true,
    pricing: true,
    callCostInUSDCents: true,
    answeredBy: true,
    attempts: true,
  } as const;
  const item = (id: string) => client.callLog.getItem.query({ id, select });
  const items = await waitFor(
    async () => {
      const all = await Promise.all(ids.map(item));
      const isOver = all.every(
        ({ status, pricing }) => SETTLED.has(String(status)) && pricing !== "pending",
      );
      return isOver ? all : undefined;
    },
    { describe: "all calls to be over" },
  );
  expect(product.errors()).not.toMatch(/\+1555|database is down/);
  return items;
}

describe("with Twilio", () => {
  const CASES: readonly [digits: string, status: string, request?: Partial<CallRequestInput>][] = [
    ["0100", "Completed", { say: menu, reachedWhen: "acknowledged" }],
    ["0102", "Not Reached", { say: menu, reachedWhen: "acknowledged" }],
    ["0103", "Not Reached", { reachedWhen: "human" }],
    ["0110", "Busy"],
    ["0111", "No Answer"],
    ["0120", "Failed"],
    ["0140", "Unknown", { onUnknown: "hold" }],
    ["0141", "Completed"],
    ["0145", "Completed"],
    ["0150", "Completed", { say: twoQuestions, reachedWhen: "acknowledged" }],
    ["0151", "Completed"],
  ];

  test("calls end as scripted, each bound to its one call at Twilio, at Twilio's price", async () => {
    const port = await freePort();
    const requests = CASES.map(([digits, , request]) => ({
      toNumber: `${BLOCK}${digits}`,
      fromNumber: "+15558880001",
      say: "The database is down.",
      ...request,
    }));
    const items = await callAll(
      {
        PORT: String(port),
        PUBLIC_URL: `http://127.0.0.1:${port}`,
        TWILIO_FROM_NUMBER: "+15558880001",
      },
      requests,
    );
    expect(items.map(({ status }) => status)).toEqual(CASES.map(([, status]) => status));
    const ledger = (await fake.calls()).filter(({ from }) => from === "+15558880001");
    const attempts = items.flatMap((item) => item.attempts ?? []);
    const bound = attempts.flatMap(({ providerCallId }) => providerCallId ?? []);
    expect(bound.toSorted()).toEqual(ledger.map(({ sid }) => sid).toSorted());
    for (const call of ledger) {
      const attempt = attempts.find(({ providerCallId }) => providerCallId === call.sid)!;
      expect(call.statusUrl).toContain(`/hooks/twilio/${attempt._id}/`);
    }
    const acknowledged = ledger.find(({ to }) => to.endsWith("0100"))!;
    expect(acknowledged.spoken).toEqual([
      "The database is down.",
      "Press 4 to acknowledge.",
      "Thank you.",
    ]);
    expect(Number(acknowledged.price)).toBe(-0.013);
    expect(items[0]).toMatchObject({ callCostInUSDCents: 1.3, answeredBy: "human" });
  });

  test("without a public address calls are followed by polling", async () => {
    const request = { toNumber: `${BLOCK}0101`, fromNumber: "+15558880002", say: "Hello" };
    const [item] = await callAll(
      { POLL_AFTER_SECONDS: "0.5", TWILIO_FROM_NUMBER: request.fromNumber },
      [request],
    );
    expect(item).toMatchObject({ status: "Completed", callCostInUSDCents: 1.3 });
    const [placed] = (await fake.calls()).filter(({ from }) => from === "+15558880002");
    expect(placed!.statusUrl).toBeUndefined();
  });

  test("20 calls to one number: one is placed, the others wait and say why", async () => {
    await using folder = await freshFolder();
    const { CALLEE_LIMITS: _off, ...settings } = settingsOf(fake);
    await using product = startProcess(folder.path, {
      ...settings,
      POLL_AFTER_SECONDS: "0.5",
      TWILIO_FROM_NUMBER: "+15558880009",
    });
    const { url } = await product.ready();
    const client = createCallLogClient({ url, apiKey: KEY });
    const request = { toNumber: `${BLOCK}0101`, fromNumber: "+15558880009", say: "Hello" };
    await client.calls.dispatchMany.mutate({ requests: Array.from({ length: 20 }, () => request) });
    const select = { status: true, statusMessage: true } as const;
    const waits = /^Waits: its number may be called once in 1 minute; next at 20/;
    const { data } = await waitFor(
      async () => {
        const page = await client.callLog.getList.query({ select, limit: 100 });
        const settled = page.data.filter(
          ({ status, statusMessage }) =>
            status === "Completed" || waits.test(String(statusMessage)),
        );
        return settled.length === 20 && page;
      },
      { describe: "one call to be over, the others to wait" },
    );
    expect(data.filter(({ status }) => status === "Completed")).toHaveLength(1);
    expect((await fake.calls()).filter(({ from }) => from === "+15558880009")).toHaveLength(1);
  });

  test("a wrong token ends the start with a line that says so", async () => {
    await using folder = await freshFolder();
    await using product = startProcess(folder.path, {
      ...settingsOf(fake),
      TWILIO_AUTH_TOKEN: "wrong",
    });
    expect(await product.ended).toBe(1);
    expect(product.errors()).toContain(
      "PROVIDER: twilio: Twilio refuses TWILIO_ACCOUNT_SID with TWILIO_AUTH_TOKEN",
    );
    expect(product.errors().trim().split("\n")).toHaveLength(1);
  });
});
