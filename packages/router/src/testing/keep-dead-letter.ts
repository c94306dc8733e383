import { randomBytes } from "node:crypto";

import { mayBeSensitive } from "@call-log/model";
import type { NewDeadLetter, Store } from "@call-log/store";

/** Keep a request as the worker of the queue does when it refuses it; its id. */
export async function keepDeadLetter(
  { deadLetters }: Pick<Store, "deadLetters">,
  job: { projectId: string; request: unknown },
  given: Partial<NewDeadLetter> = {},
): Promise<string> {
  const _id = randomBytes(12).toString("hex");
  await deadLetters.keep({
    _id,
    jobId: `job-${_id}`,
    projectId: job.projectId,
    madeAt: new Date("2026-11-26T03:00:00Z"),
    version: 1,
    attempts: 1,
    code: "BAD_REQUEST",
    reason: "fromNumber: must be one of: +15550100123",
    fields: ["fromNumber"],
    isSensitive: mayBeSensitive(job),
    payload: JSON.stringify(job),
    ...given,
  });
  return _id;
}
