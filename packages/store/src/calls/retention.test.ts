import { CALL_STATUS_NAMES, isFinalStatus } from "@call-log/model";
import { callRecord, FIXTURE_TIME } from "@call-log/testing";
import fc from "fast-check";
import { expect, test } from "vitest";

import { currentLookup } from "./call-lookup.ts";
import { toDocument } from "./retention.ts";

const aStatus = fc.constantFrom(...CALL_STATUS_NAMES, "Success");

test("only a call that is over, in a project with a retention, expires: days after its last change", () => {
  fc.assert(
    fc.property(
      aStatus,
      fc.boolean(),
      fc.option(fc.integer({ min: 1, max: 36_500 }), { nil: undefined }),
      (status, awake, days) => {
        const { wakeAt, ...asleep } = callRecord({ status });
        const record = awake ? { ...asleep, wakeAt: wakeAt! } : asleep;
        const expires = isFinalStatus(status) && !awake && days !== undefined;
        const expireAt = new Date(FIXTURE_TIME.getTime() + (days ?? 0) * 86_400_000);
        const document = { ...record, lookup: currentLookup(record) };
        const expiring = { ...document, expireAt };
        expect(toDocument(record, days)).toStrictEqual(expires ? expiring : document);
      },
    ),
  );
});
