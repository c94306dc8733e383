import { collectionsOf } from "@call-log/store/testing";
import { afterAll, beforeAll, expect, test } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";

let api: FreshApi;
beforeAll(async () => {
  api = await freshApi();
});
afterAll(() => api[Symbol.asyncDispose]());

test("a refusal that an older release recorded is read and found as it was", async () => {
  const at = new Date("2026-11-24T10:00:00.000Z");
  const refused = { errorClass: "configuration", errorCode: "21210", outcome: "configuration" };
  const attempt = { state: "rejected", dueAt: at, events: [], ...refused } as const;
  const [record] = await api.keep({ status: "Failed" });
  const { _id } = record!;
  await collectionsOf(api.store).callLogs.updateOne(
    { _id },
    { $set: { attempts: [{ _id: `${_id}-1`, number: 1, ...attempt }] as never } },
  );
  const select = { attempts: true };
  const item = await api.ask("POST", `/api/call-log/${_id}/get-item`, { body: { select } });
  expect(item).toMatchObject({ status: 200, body: { attempts: [refused] } });
  const query = { "attempts.errorClass": "configuration" };
  const list = await api.ask("POST", "/api/call-log/get-list", { body: { query, select } });
  expect(list).toMatchObject({ status: 200, body: { data: [{ _id, attempts: [refused] }] } });
});
