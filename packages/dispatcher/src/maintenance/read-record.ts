import type { Attempt, CallRecord, ProviderEvent } from "@call-log/model";

import { providerChain, providerNamed, type Providers } from "../providers/provider-lookup.ts";
import { updateCall, type Recording } from "../record/update-call.ts";
import { applyEvents } from "../rules/apply-events.ts";
import { attemptById, withAttempt } from "../rules/attempts.ts";
import type { StatusSituation } from "../rules/derive-call-status.ts";
import { laterStep } from "../rules/pressed-digits.ts";

/**
 * Read the provider's own record of an attempt, for facts whose callbacks were missed. Late facts are events of source
 * `record`. A record that is not there yet is asked for again; a provider without one is not.
 */
export async function readRecord(
  context: Recording & Providers,
  record: CallRecord,
  attempt: Attempt,
): Promise<void> {
  const { _id: attemptId } = attempt;
  const provider = providerNamed(context, attempt.provider);
  const told = await provider?.fetchRecord?.(recordedCall(record, attempt));
  const chain = await providerChain(context, record.projectId);
  const hasRecord = provider?.fetchRecord !== undefined;
  const written = await updateCall(context, record._id, (read, now) => {
    const before = attemptById(read, attemptId);
    if (before === undefined || before.recordReadAt !== undefined) return undefined;
    if (told === undefined) return withAttempt(read, inVain(before, hasRecord, context));
    return applyRecord(read, { attemptId, told }, { now, chain });
  });
  if (record.acknowledgedAt === undefined && written?.acknowledgedAt !== undefined)
    context.log.warn(
      { attemptId, acknowledgedAt: written.acknowledgedAt.toISOString() },
      "an acknowledgement was learnt late, from the provider's own record",
    );
}

function recordedCall(record: CallRecord, attempt: Attempt) {
  const { _id: attemptId, providerCallId = "", claimedAt, dueAt, endedAt } = attempt;
  return {
    attemptId,
    providerCallId,
    toNumber: record.toNumber,
    createdSince: claimedAt ?? dueAt,
    endedAt: endedAt ?? record.updatedAt,
  };
}

function inVain(
  attempt: Attempt,
  hasRecord: boolean,
  { settings }: Pick<Recording, "settings">,
): Attempt {
  const { recordPolls = 0 } = attempt;
  return {
    ...attempt,
    recordPolls: hasRecord ? recordPolls + 1 : settings.recordPollSeconds.length,
  };
}

/** The call with the facts of its provider's record, and when they were learnt. */
function applyRecord(
  record: CallRecord,
  { attemptId, told }: { attemptId: string; told: readonly ProviderEvent[] },
  situation: StatusSituation,
): CallRecord {
  const before = attemptById(record, attemptId);
  const learntAt = situation.now.toISOString();
  const news = told
    .filter((event) => before !== undefined && isNews(record, before, event))
    .map((event) => ({ ...event, learntAt }));
  const followed = applyEvents(record, news, situation).record;
  const after = attemptById(followed, attemptId);
  const { acknowledgedAt } = followed;
  const read =
    after === undefined
      ? followed
      : withAttempt(followed, { ...after, recordReadAt: situation.now });
  if (acknowledgedAt === undefined || record.acknowledgedAt !== undefined) return read;
  const late = `acknowledged at ${acknowledgedAt.toISOString()}, learnt at ${learntAt} from the provider's record`;
  return {
    ...read,
    statusMessage: read.statusMessage === undefined ? late : `${read.statusMessage}; ${late}`,
  };
}

// Facts that callbacks or look-ups brought already are left out.
function isNews(record: CallRecord, attempt: Attempt, event: ProviderEvent): boolean {
  const step = laterStep(event.step, record.plan.steps);
  const isKnown = attempt.events.some(
    (known) =>
      known.source !== "worker" &&
      known.status === event.status &&
      known.step === step &&
      (event.status !== "digits" || known.sequence === event.sequence),
  );
  if (!isKnown) return true;
  return event.sipResponseCode !== undefined && attempt.sipResponseCode === undefined;
}
