import type { Attempt, CallRecord, ProviderEvent } from "@call-log/model";
import { isFinalStatus } from "@call-log/model";
import type { RehearsedTry } from "@call-log/provider";

import { applyAnswer } from "./apply-answer.ts";
import { applyEvent } from "./apply-event.ts";
import { noteStep, withAttempt } from "./attempts.ts";
import { deriveCallStatus } from "./derive-call-status.ts";
import { expired } from "./finish-or-retry.ts";
import { withoutUndefined } from "./without-undefined.ts";

/** Most attempts that one rehearsal makes. */
const MOST_ATTEMPTS = 25;

/** What a rehearsal goes by. */
export interface Stage {
  /** Names of the project's providers, in the order of preference. */
  chain: readonly string[];
  /** The first time from then on at which the call may be dialled. */
  dialsFrom: (due: Date) => Date;
  /** What the carrier does with an attempt. */
  play: (record: CallRecord, attempt: Attempt, at: Date) => RehearsedTry;
}

/** A call as it would be in the end, and what was played in each of its attempts. */
export interface Rehearsed {
  record: CallRecord;
  tries: { attempt: number; tried: RehearsedTry }[];
  /** There would be more attempts than were made. */
  isCut: boolean;
}

/** Play a call from its acceptance to its end, by the rules that real calls go by, in no time. */
export function rehearsed(accepted: CallRecord, stage: Stage): Rehearsed {
  let record = accepted;
  const tries: Rehearsed["tries"] = [];
  while (tries.length < MOST_ATTEMPTS) {
    const attempt = record.attempts.find(({ state }) => state === "planned");
    if (attempt === undefined || isFinalStatus(record.status))
      return { record, tries, isCut: false };
    const at = stage.dialsFrom(attempt.dueAt);
    const { deadlineAt } = record;
    if (deadlineAt !== undefined && deadlineAt <= at)
      return { record: expired(record, deadlineAt), tries, isCut: false };
    const claimed = withClaim(record, attempt, { at, provider: stage.chain[0] });
    const tried = stage.play(claimed, claimed.attempts[attempt.number - 1]!, at);
    tries.push({ attempt: attempt.number, tried });
    record = afterTry(claimed, { attempt, tried, stage });
  }
  return { record, tries, isCut: true };
}

function withClaim(
  record: CallRecord,
  attempt: Attempt,
  { at, provider }: { at: Date; provider: string | undefined },
): CallRecord {
  const claimed: Attempt = {
    ...noteStep(attempt, "submitting", at),
    state: "submitting",
    claimedAt: at,
    provider: attempt.provider ?? provider ?? "simulated",
    fromNumber: record.fromNumber,
  };
  return withoutUndefined<CallRecord>({
    ...withAttempt(record, claimed),
    status: "Dialing",
    statusMessage: undefined,
    waitsFor: undefined,
    provider: claimed.provider,
    attemptCount: record.attemptCount + 1,
  });
}

function afterTry(
  claimed: CallRecord,
  { attempt, tried, stage }: { attempt: Attempt; tried: RehearsedTry; stage: Stage },
): CallRecord {
  const { chain } = stage;
  const { result, answeredAt, events } = tried;
  const provider = claimed.provider ?? "simulated";
  const retryAfterSeconds = result.kind === "rejected" ? result.retryAfterSeconds : undefined;
  const answer = { attemptId: attempt._id, provider, result, at: answeredAt };
  let [record, now] = [claimed, answeredAt];
  const derive = (changed: CallRecord, at: Date, settled = false) => {
    now = at;
    record = deriveCallStatus(changed, { now, chain, retryAfterSeconds, settled });
  };
  const hear = (some: readonly ProviderEvent[]) => {
    for (const event of some)
      derive(applyEvent(record, { ...event, provider }).record, new Date(event.at));
  };
  // Callbacks can be faster than the answer, or come in its place.
  const isBefore = ({ at }: ProviderEvent) => new Date(at) < answeredAt;
  hear(events.filter(isBefore));
  derive(applyAnswer(record, answer).record, answeredAt);
  hear(events.filter((event) => !isBefore(event)));
  // Nothing more comes of this attempt.
  if (events.length > 0) derive(record, now, true);
  return record;
}
