import { expect, test } from "vitest";

import { CALL_STATUS_NAMES, isFinalStatus } from "./call-status.ts";
import {
  allOpenCalls,
  OPEN_KIND_NAMES,
  OPEN_KINDS,
  OPEN_STATUSES,
  openCallsOf,
  runningCalls,
  RUNNING_STATUSES,
} from "./open-calls.ts";

test("each open status is of one kind, and no other status is of any", () => {
  const ofKinds = OPEN_KIND_NAMES.flatMap((kind) => [...OPEN_KINDS[kind].statuses]);
  expect(ofKinds.toSorted()).toEqual(
    CALL_STATUS_NAMES.filter((status) => !isFinalStatus(status)).toSorted(),
  );
  expect(ofKinds.toSorted()).toEqual(OPEN_STATUSES.toSorted());
  expect(OPEN_STATUSES).toEqual(expect.arrayContaining([...RUNNING_STATUSES]));
});

test("open is the sum of its kinds, and what is over is no part of it", () => {
  const counts = Object.fromEntries(CALL_STATUS_NAMES.map((status, index) => [status, 2 ** index]));
  const open = openCallsOf({ ...counts, Erfolg: 5 });
  const sumOf = (statuses: readonly string[]) =>
    statuses.reduce((sum, status) => sum + counts[status]!, 0);
  expect(allOpenCalls(open)).toBe(sumOf(OPEN_STATUSES));
  expect(runningCalls(open)).toBe(sumOf(RUNNING_STATUSES));
  expect(openCallsOf({})).toEqual({ waiting: 0, ringing: 0, answered: 0, unknown: 0 });
});
