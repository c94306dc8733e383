import { expect, test } from "vitest";

import { currentRows } from "./current-rows.ts";

test.each([0, 1, 100, 101, 250])(
  "all of %i rows are read, 100 a request at most",
  async (count) => {
    const ids = Array.from({ length: count }, (_, index) => `call-${index}`);
    const sizes: number[] = [];
    const rows = await currentRows(ids, async (part) => {
      sizes.push(part.length);
      return part.map((_id) => ({ _id }));
    });
    expect(rows.map(({ _id }) => _id)).toEqual(ids);
    expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(100);
  },
);
