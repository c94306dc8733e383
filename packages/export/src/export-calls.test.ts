import { queryInput } from "@call-log/model";
import type { CallReader } from "@call-log/store";
import { expect, test } from "vitest";

import { exportCalls } from "./export-calls.ts";

const found = (_id: string) => ({ _id, createdAt: new Date(0) });
/** As a slow database answers: a part without a match, then a short one, then the end. */
const PAGES = [
  { data: [], nextCursor: "1" },
  { data: [found("a")], nextCursor: "2" },
  { data: [found("b"), found("c")] },
];

test("pages that a slow database finds in parts are read to the end, an empty one, too", async () => {
  const asked: unknown[] = [];
  const read: number[] = [];
  const page: CallReader["page"] = async ({ input: { inParts, cursor } }) => {
    asked.push({ inParts, cursor });
    return PAGES[Number(cursor ?? "0")]!;
  };
  const { signal } = new AbortController();
  const given = { projectId: "shop", query: queryInput.parse({}), signal };
  const ids: string[] = [];
  for await (const { _id } of exportCalls({
    ...given,
    reader: { page },
    onPage: (rows) => read.push(rows),
  }))
    ids.push(_id);
  expect(ids).toEqual(["a", "b", "c"]);
  expect(read).toEqual([0, 1, 3]);
  expect(asked).toEqual([
    { inParts: true, cursor: undefined },
    { inParts: true, cursor: "1" },
    { inParts: true, cursor: "2" },
  ]);
});
