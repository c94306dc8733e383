import type { CallLogView } from "@call-log/model";
import { expect, test } from "vitest";

import { followCalls } from "./call-changes.ts";
import type { ListRequest, ReadCalls } from "./call-source.ts";

type Asked = { createdAt?: { $gte: string }; status?: string[]; _id?: string[] };

/** Reads of these calls, newest first, as the API answers the three questions of a follower. */
function readsOf(calls: CallLogView[]): ReadCalls {
  return async ({ query = {}, limit }: ListRequest) => {
    const { createdAt, status, _id } = query as Asked;
    const data = calls
      .filter((call) => createdAt === undefined || String(call.createdAt) >= createdAt.$gte)
      .filter((call) => status === undefined || status.includes(String(call.status)))
      .filter((call) => _id === undefined || _id.includes(call._id))
      .toSorted((a, b) => String(b.createdAt).localeCompare(String(a.createdAt)));
    return { data: data.slice(0, Number(limit)), count: data.length };
  };
}

function call(_id: string, createdAt: string, status: CallLogView["status"]): CallLogView {
  return { _id, createdAt, status, toNumber: "+15550100100", attempts: [] } as never;
}

const told = async (next: Awaited<ReturnType<typeof followCalls>>) =>
  (await next()).map(({ callLogId, what }) => `${callLogId} ${what}`);

test("what was before is not told; what happens to an open call, and each new call, is", async () => {
  const open = call("open", "2026-11-28T10:00:00.000Z", "Queued");
  const calls = [open, call("over", "2026-11-28T10:00:01.000Z", "Completed")];
  const next = await followCalls(readsOf(calls));
  expect(await told(next)).toEqual([]);
  open.status = "Completed";
  calls.push(call("new", "2026-11-28T10:00:02.000Z", "Completed"));
  expect(await told(next)).toEqual(["open Completed", "new Completed"]);
  expect(await told(next)).toEqual([]);
});

test.each([["1999-12-31T23:59:59.000Z"], ["2099-12-31T23:59:59.000Z"]])(
  "a new call is told, whatever the clock of those that write says (%s)",
  async (createdAt) => {
    const calls: CallLogView[] = [];
    const next = await followCalls(readsOf(calls));
    calls.push(call("new", createdAt, "Queued"));
    expect(await told(next)).toEqual(["new Queued"]);
  },
);
