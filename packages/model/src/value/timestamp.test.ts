import { describe, expect, test } from "vitest";

import { parseQuery } from "../query/conditions/parse-query.ts";
import { timestampInput } from "./timestamp.ts";

describe("a time in a request and in a query", () => {
  test.each([
    ["2026-11-23T23:59:00Z", "2026-11-23T23:59:00.000Z"],
    ["2026-11-23T23:59:00.25+01:00", "2026-11-23T22:59:00.250Z"],
  ])("%s is taken", (written, iso) => {
    expect(timestampInput.parse(written).toISOString()).toBe(iso);
    expect(() => parseQuery({ createdAt: written })).not.toThrow();
  });

  test.each([
    "2026-11-23T23:59Z",
    "2026-11-23T23:59:00z",
    "2026-11-23t23:59:00Z",
    "2026-11-23T23:59:00",
    "2026-02-30T00:00:00Z",
  ])("%s is refused, with a time that would be taken", (written) => {
    const [issue] = timestampInput.safeParse(written).error!.issues;
    expect(issue!.message).toBe(
      'must be a date and time with its zone, such as "2026-11-23T03:12:00Z"',
    );
    expect(() => parseQuery({ createdAt: written })).toThrow(
      'must be a date such as "2026-11-23T03:12:00.000Z" (ISO 8601 with its zone)',
    );
  });
});
