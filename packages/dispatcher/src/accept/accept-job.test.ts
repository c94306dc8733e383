import { freshDatabase } from "@call-log/testing";
import { expect, test } from "vitest";

import { PROJECT_ID } from "../testing/a-call.ts";
import { useStoreContext } from "../testing/store-context.ts";
import { acceptJob } from "./accept-job.ts";

const newContext = useStoreContext(freshDatabase);
const data = { projectId: PROJECT_ID, request: { toNumber: "+15559998888", say: "Down" } };

test("a job that is run twice gives one call log, without a key in it", async () => {
  const context = newContext();
  const first = await acceptJob(context, { id: "1", timestamp: 1, data });
  const again = await acceptJob(context, { id: "1", timestamp: 1, data });
  expect(again).toEqual({ ...first, repeated: true });
  expect(await context.calls.find(first._id)).not.toHaveProperty("idempotencyKey");
});

test("job ids that start again after Redis lost its data are other requests", async () => {
  const context = newContext();
  const before = await acceptJob(context, { id: "1", timestamp: 1, data });
  const after = await acceptJob(context, { id: "1", timestamp: 2, data });
  expect(after).toMatchObject({ repeated: false });
  expect(after._id).not.toBe(before._id);
});

test("the caller's own key goes before the job", async () => {
  const context = newContext();
  const keyed = { ...data, request: { ...data.request, idempotencyKey: "k" } };
  const first = await acceptJob(context, { id: "1", timestamp: 1, data: keyed });
  const again = await acceptJob(context, { id: "2", timestamp: 2, data: keyed });
  expect(again).toEqual({ ...first, repeated: true });
});

test.each([
  [{ ...data, request: { say: "Down" } }, /toNumber/],
  [{ ...data, projectId: "x" }, /projectId/],
  ["text", /./],
])("%j is refused in words", async (wrong, words) => {
  const job = { id: "1", timestamp: 1, data: wrong };
  await expect(acceptJob(newContext(), job)).rejects.toMatchObject({
    code: "BAD_REQUEST",
    message: expect.stringMatching(words),
  });
});
