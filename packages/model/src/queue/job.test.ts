import { expect, test } from "vitest";

import { EVENT_SOURCES, EVENT_STATUSES } from "../call/attempt.ts";
import { callRequest } from "../call/call-request.ts";
import { dispatchJob, JOB_VERSION, jobVersion, maintenanceJob } from "./job.ts";

// What a worker of each version takes. When this fails, raise JOB_VERSION and begin a new entry: an older worker would refuse such a job.
const TAKEN = {
  1: {
    request:
      "toNumber fromNumber say language voice idempotencyKey purpose priority timeZone scheduledAt deadlineAt retry reachedWhen onUnknown sensitive timeLimitSeconds ringTimeoutSeconds tags incidentId incident userId user alertId alert monitorId monitor scheduledMaintenanceId scheduledMaintenance statusPageId statusPage statusPageAnnouncementId statusPageAnnouncement onCallDutyPolicyId onCallDutyPolicy onCallDutyPolicyEscalationRuleId onCallDutyPolicyEscalationRule onCallDutyPolicyScheduleId onCallDutyPolicySchedule teamId team",
    statuses:
      "requested submitting accepted rejected unknown bound queued initiated ringing in-progress completed busy no-answer declined failed canceled digits answered-by price lost",
    sources: "worker api callback poll",
  },
  2: {
    request:
      "toNumber fromNumber say sayIfEmpty language voice idempotencyKey purpose priority timeZone scheduledAt deadlineAt retry reachedWhen onUnknown sensitive timeLimitSeconds ringTimeoutSeconds tags incidentId incident userId user alertId alert monitorId monitor scheduledMaintenanceId scheduledMaintenance statusPageId statusPage statusPageAnnouncementId statusPageAnnouncement onCallDutyPolicyId onCallDutyPolicy onCallDutyPolicyEscalationRuleId onCallDutyPolicyEscalationRule onCallDutyPolicyScheduleId onCallDutyPolicySchedule teamId team",
    statuses:
      "requested submitting accepted rejected unknown bound queued initiated ringing in-progress completed busy no-answer declined failed canceled digits answered-by price lost call-now",
    sources: "worker api callback poll record",
  },
  3: {
    request:
      "toNumber fromNumber say sayIfEmpty language voice idempotencyKey purpose priority timeZone scheduledAt deadlineAt retry reachedWhen onUnknown sensitive timeLimitSeconds ringTimeoutSeconds tags notify incidentId incident userId user alertId alert monitorId monitor scheduledMaintenanceId scheduledMaintenance statusPageId statusPage statusPageAnnouncementId statusPageAnnouncement onCallDutyPolicyId onCallDutyPolicy onCallDutyPolicyEscalationRuleId onCallDutyPolicyEscalationRule onCallDutyPolicyScheduleId onCallDutyPolicySchedule teamId team",
    statuses:
      "requested submitting accepted rejected unknown bound queued initiated ringing in-progress completed busy no-answer declined failed canceled digits answered-by price lost call-now",
    sources: "worker api callback poll record",
  },
};

test("what a job may hold belongs to its version", () => {
  expect({
    request: Object.keys(callRequest.shape).join(" "),
    statuses: EVENT_STATUSES.join(" "),
    sources: EVENT_SOURCES.join(" "),
  }).toEqual(TAKEN[JOB_VERSION]);
});

test.each([
  [{}, 1],
  [{ version: 7 }, 7],
  [{ version: "x" }, 1],
  [null, 1],
  ["text", 1],
])("the version of %j is %i", (data, version) => {
  expect(jobVersion(data)).toBe(version);
});

test("a job may have fields that this release does not know", () => {
  const job = { projectId: "p", callLogId: "c", attemptNumber: 1, lane: "fast" };
  expect(dispatchJob.parse(job)).toEqual(job);
  expect(maintenanceJob.parse({ reason: "boot" })).toEqual({ reason: "boot" });
});
