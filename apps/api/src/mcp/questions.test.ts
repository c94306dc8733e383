import { anAttempt, callRecord } from "@call-log/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";
import {
  type Assistant,
  assistantByHttp,
  assistantByStdio,
  type ToolReply,
} from "../testing/mcp-client.ts";

const HER_CALL = "0198f2a4-4711-7000-8000-000000000001";
const INCIDENT = "0198f2a4-4711-7000-8000-0000000000aa";
const NIGHT = (clock: string) => new Date(`2026-11-24T${clock}.000Z`);
const OVER = { state: "ended", provider: "simulated" } as const;

/** Called at 02:58 and 03:04 in vain, reached at 03:12:40. */
const HERS = callRecord({
  _id: HER_CALL,
  toNumber: "+491711234711",
  createdAt: NIGHT("02:57:58"),
  status: "Completed",
  pricing: "final",
  callCostInUSDCents: 4.2,
  user: { _id: INCIDENT, name: "Ada Lovelace" },
  incident: { _id: INCIDENT, title: "Database down" },
  incidentId: INCIDENT,
  attempts: [
    anAttempt(HER_CALL, {
      ...OVER,
      claimedAt: NIGHT("02:58:00"),
      endedAt: NIGHT("02:58:30"),
      outcome: "no-answer",
    }),
    anAttempt(HER_CALL, {
      ...OVER,
      number: 2,
      claimedAt: NIGHT("03:04:00"),
      endedAt: NIGHT("03:04:05"),
      outcome: "busy",
    }),
    anAttempt(HER_CALL, {
      ...OVER,
      number: 3,
      claimedAt: NIGHT("03:12:10"),
      answeredAt: NIGHT("03:12:20"),
      acknowledgedAt: NIGHT("03:12:40"),
      endedAt: NIGHT("03:12:50"),
      outcome: "reached",
      answeredBy: "human",
      digits: "4",
    }),
  ],
});

const inOctober = (day: string, cents: number) => ({
  createdAt: new Date(`2025-10-${day}T12:00:00.000Z`),
  status: "Completed",
  pricing: "final" as const,
  callCostInUSDCents: cents,
});

const TRANSPORTS = { "streamable HTTP": assistantByHttp, stdio: assistantByStdio };

let api: FreshApi;
let url: string;
beforeAll(async () => {
  api = await freshApi();
  url = await api.listen();
  const { _id: _, plan: __, projectId: ___, ...hers } = HERS;
  await api.keep({ ...hers, _id: HER_CALL }, inOctober("05", 130), inOctober("20", 20));
});
afterAll(() => api[Symbol.asyncDispose]());

describe.each(Object.entries(TRANSPORTS))("over %s", (name, connect) => {
  let assistant: Assistant;
  beforeAll(async () => {
    assistant = await connect({ url, key: api.key });
  });
  afterAll(() => assistant.close());

  /** Answers a question by tools, and fails when that takes more than two of their calls. */
  async function inTwoCalls(
    answer: (tool: Assistant["tool"]) => Promise<ToolReply>,
  ): Promise<ToolReply> {
    let calls = 0;
    const reply = await answer((...asked) => {
      calls += 1;
      return assistant.tool(...asked);
    });
    expect(reply.isError ? reply.text : "").toBe("");
    expect(calls).toBeLessThanOrEqual(2);
    return reply;
  }

  test("did the call to …4711 reach her?", async () => {
    const { text, data } = await inTwoCalls((tool) => tool("explain_call", { number: "…4711" }));
    expect(text).toContain(
      'Call to +491711234711 (Ada Lovelace) about "Database down", asked for 2026-11-24 02:57:58 UTC: Ada Lovelace was reached at 2026-11-24 03:12:40 UTC: a person pressed 4.',
    );
    expect(data).toMatchObject({ id: HER_CALL, reached: "yes" });
  });

  test("why was the incident not reached before 3:10?", async () => {
    const { data } = await inTwoCalls((tool) => tool("explain_call", { label: "database down" }));
    expect(data["whyNotBefore"]).toEqual([
      "Attempt 1: dialled 2026-11-24 02:58:00 UTC through simulated, ended 2026-11-24 02:58:30 UTC, nobody answered.",
      "Attempt 2: dialled 2026-11-24 03:04:00 UTC through simulated, ended 2026-11-24 03:04:05 UTC, the line was busy.",
    ]);
    expect(data["next"]).toBe("Nothing more happens: the call is over.");
    const byId = await assistant.tool("explain_call", { label: INCIDENT });
    expect(byId.data["id"]).toBe(HER_CALL);
  });

  test("whom did we call that night, and was anybody not reached?", async () => {
    const asked = { when: "2026-11-24", timeZone: "Europe/Berlin", name: "ada" };
    const { text, data } = await inTwoCalls((tool) => tool("find_calls", asked));
    expect(data).toMatchObject({ count: 1, calls: [{ id: HER_CALL, reached: "yes" }] });
    expect(text).toContain("2026-11-24 04:12:40 (Europe/Berlin)");
  });

  test("what did October cost?", async () => {
    const asked = { when: "October 2025", by: "day" };
    const { text, data } = await inTwoCalls((tool) => tool("costs", asked));
    expect(data).toMatchObject({
      total: { calls: 2, costInUSD: 1.5, pricesPending: 0 },
      groups: [
        { key: "2025-10-05", costInUSD: 1.3 },
        { key: "2025-10-20", costInUSD: 0.2 },
      ],
      budget: null,
    });
    expect(text).toContain("2 calls for $1.50.");
  });

  test("is anything wrong?", async () => {
    const { text, data } = await inTwoCalls((tool) => tool("health"));
    expect(data["isGood"]).toBe(false);
    expect(text).toContain("No worker runs: calls wait.");
  });

  test("call her and say so; stop it", async () => {
    const asked = {
      toNumber: "+1 555 010 0100",
      say: "The backup has failed. Press 4.",
      acknowledgeKey: "4",
      purpose: `backup, over ${name}`,
    };
    const placed = await inTwoCalls(async (tool) => {
      const { text, data } = await tool("place_call", asked);
      expect(text).toMatch(/^Dry run: nobody was called\.\nIt would call \+15550100100 from \+1/);
      expect(await api.store.calls.find(String(data["id"]))).toBeUndefined();
      return tool("place_call", { ...asked, confirm: data["confirm"] });
    });
    const id = String(placed.data["id"]);
    expect(placed.data).toMatchObject({ placed: true, repeated: false });
    expect(await api.store.calls.find(id)).toMatchObject({
      toNumber: "+15550100100",
      plan: { reachedWhen: "acknowledged", purpose: asked.purpose },
    });
    const stopped = await inTwoCalls(async (tool) => {
      const found = await tool("find_calls", { status: "open", number: "0100" });
      const [call] = found.data["calls"] as { id: string }[];
      return tool("cancel_call", { id: call?.id });
    });
    expect(stopped).toMatchObject({ data: { id, status: "Canceled" } });
  });

  test("the same call, asked for again, rings once", async () => {
    const asked = { toNumber: "+15550100110", say: "Hello", purpose: `again, over ${name}` };
    const { data: dry } = await assistant.tool("place_call", asked);
    const confirmed = { ...asked, confirm: dry["confirm"] };
    const many = await Promise.all([1, 2, 3].map(() => assistant.tool("place_call", confirmed)));
    const ids = new Set(many.map(({ data }) => data["id"]));
    expect(ids.size).toBe(1);
    const { text, data } = await assistant.tool("place_call", asked);
    expect(data).toMatchObject({ placed: false, preview: { repeatedAs: { _id: [...ids][0] } } });
    expect(text).toContain("For another call, give another purpose.");
  });

  test("how does it end? after a wait, as it stands", async () => {
    const [waiting] = await api.keep({ status: "Ringing" });
    const asked = { id: waiting!._id, timeoutSeconds: 1 };
    const { text, data } = await inTwoCalls((tool) => tool("wait_for_call", asked));
    expect(data).toMatchObject({ isOver: false, reached: "not yet" });
    expect(text).toContain("Call wait_for_call again to wait on.");
    const over = await assistant.tool("wait_for_call", { id: HER_CALL });
    expect(over.data).toMatchObject({ isOver: true, reached: "yes" });
  });

  test.each([
    ["explain_call", {}, "id: is missing; give the id of a call, or a search"],
    ["explain_call", { number: "98765432" }, /^No call matches\./],
    ["find_calls", { status: "done" }, /^status: must be one of: open, reached/],
    ["find_calls", { when: "soon" }, /^when: must be a span of time/],
    ["find_calls", { colour: "red" }, /^input: there is no "colour"|^colour/],
    ["place_call", { toNumber: "4711", say: "Hello" }, /^toNumber: must be a phone number/],
    ["place_call", { toNumber: "+15550100100", say: "Hi", confirm: "yes" }, /^confirm: must be/],
    ["wait_for_call", { id: "x" }, /^id: must be a UUID/],
    ["cancel_call", { id: INCIDENT }, /no such call log/i],
    ["phone", {}, /^There is no such tool; there are: find_calls, explain_call/],
  ])("%s %j is refused in words", async (tool, given, text) => {
    const reply = await assistant.tool(tool, given);
    expect(reply.isError).toBe(true);
    expect(reply.text).toMatch(text);
  });
});
