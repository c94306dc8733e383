import { expect, test } from "vitest";

import { changedAddress, readAddress, storedAddress } from "./calls-address.ts";

const options = { now: new Date("2026-11-24T03:12:00Z"), seesAll: true };
const read = (search: string, more: Partial<typeof options> = {}) =>
  Object.fromEntries(readAddress(search, { ...options, ...more }));

test("a named range has its moments, in the zone of the address", () => {
  expect(read("range=last-month&zone=Asia/Tokyo&since=2020-01-01")).toEqual({
    range: "last-month",
    zone: "Asia/Tokyo",
    since: "2026-09-30T15:00:00.000Z",
    until: "2026-10-31T14:59:59.999Z",
  });
  expect(read("range=soon&since=2026-11-20")).toEqual({ range: "soon", since: "2026-11-20" });
});

test("whether the key reads masked is not for the address to say", () => {
  expect(read("text=grace&masked=yes")).toEqual({ text: "grace" });
  expect(read("text=grace", { seesAll: false })).toEqual({ text: "grace", masked: "yes" });
});

const changed = (search: string, changes: Record<string, string | undefined>) =>
  changedAddress(search, changes).toString();

test("a free range replaces a named one, other changes keep it", () => {
  expect(changed("range=24h&tag=a", { since: "2026-11-20" })).toBe("tag=a&since=2026-11-20");
  expect(changed("range=24h&tag=a", { tag: undefined, status: "Busy" })).toBe(
    "range=24h&status=Busy",
  );
  expect(changed("since=2026-11-20", { range: "24h", since: undefined })).toBe("range=24h");
});

test("what is kept of an address is what it was", () => {
  for (const search of ["range=24h&tag=a", "since=2026-11-20&status=Busy", "text=grace"])
    expect(storedAddress(readAddress(search, { ...options, seesAll: false }))).toBe(search);
});
