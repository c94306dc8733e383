import type { CallRecord, WaitReason } from "@call-log/model";
import { isFinalStatus } from "@call-log/model";
import { unmatchedClaimTimes, type CallStore, type HeldSearch } from "@call-log/store";

import { claimed } from "./claimed-call.ts";

/**
 * The contract of `CallStore` in a map, for random walks that need thousands of writes. The real store has its own
 * suite.
 */
export function createMemoryCalls(now: () => Date): CallStore & { all(): CallRecord[] } {
  const records = new Map<string, CallRecord>();
  const copy = (record: CallRecord | undefined) => structuredClone(record);

  const insertMany = async (added: CallRecord[]) =>
    added.map((record) => {
      const present = records.get(record._id);
      if (present === undefined) records.set(record._id, structuredClone(record));
      return { inserted: present === undefined, record: structuredClone(present ?? record) };
    });

  return {
    insertMany,
    withdraw: async (ids) => {
      for (const id of ids) if (records.get(id)?.revision === 0) records.delete(id);
    },
    insert: async (record) => (await insertMany([record]))[0]!,
    find: async (id) => copy(records.get(id)),
    async claim(claim) {
      const record = records.get(claim.callLogId);
      const attempt = record?.attempts[claim.attemptNumber - 1];
      if (!record || attempt?.state !== "planned" || isFinalStatus(record.status)) return undefined;
      if (attempt.dueAt > claim.now) return undefined;
      if (record.deadlineAt && record.deadlineAt <= claim.now) return undefined;
      const { attemptNumber: number, provider } = claim;
      const next = {
        ...claimed(record, { number, provider, now: claim.now }),
        revision: record.revision + 1,
        wakeAt: claim.deadlineAt,
      };
      records.set(record._id, next);
      return copy(next);
    },
    async replace(record) {
      if (records.get(record._id)?.revision !== record.revision) return undefined;
      const next = structuredClone({ ...record, revision: record.revision + 1, updatedAt: now() });
      records.set(record._id, next);
      return copy(next);
    },
    findDue: async (now, limit, projectId) =>
      structuredClone(dueOf([...records.values()], { now, projectId }).slice(0, limit)),
    findByAlert: async (key, limit) =>
      structuredClone(
        [...records.values()].filter(({ alertOrigin }) => alertOrigin?.key === key).slice(-limit),
      ).toReversed(),
    ...wakeTimesIn(records),
    nextProject: async (after) => nextProject([...records.values()], after),
    findHeld: async (search) => structuredClone(heldOf([...records.values()], search)),
    ...NOT_IN_MEMORY,
    nextHeldProject: async (search) => nextHeld([...records.values()], search),
    unmatchedClaimTimes: async (search) => unboundIn([...records.values()], search),
    async ownedProviderCallIds({ providerCallIds }) {
      const attempts = [...records.values()].flatMap((record) => record.attempts);
      const owned = new Set(attempts.map(({ providerCallId }) => providerCallId));
      return new Set(providerCallIds.filter((id) => owned.has(id)));
    },
    all: () => [...records.values()].map((record) => structuredClone(record)),
  };
}

function unboundIn(
  records: readonly CallRecord[],
  { toNumber, exceptCallLogId }: Parameters<CallStore["unmatchedClaimTimes"]>[0],
): Date[] {
  return records
    .filter((record) => record.toNumber === toNumber && record._id !== exceptCallLogId)
    .flatMap(({ attempts }) => unmatchedClaimTimes(attempts));
}

function wakeTimesIn(records: Map<string, CallRecord>): Pick<CallStore, "putOff" | "wakeBy"> {
  return {
    async putOff(calls, until) {
      for (const { _id, revision, deadlineAt = until, wait } of calls) {
        const record = records.get(_id)!;
        const wakeAt = deadlineAt < until ? deadlineAt : until;
        const { waitsUntil: _until, heldAt: _held, ...free } = record;
        if (record.revision === revision)
          records.set(_id, { ...(wait === undefined ? record : { ...free, ...wait }), wakeAt });
      }
    },
    async wakeBy(ids, at) {
      for (const record of ids.map((id) => records.get(id)!))
        if (record.wakeAt !== undefined && record.wakeAt > at)
          records.set(record._id, { ...record, wakeAt: at });
    },
  };
}

const notInMemory = async () => {
  throw new Error("random walks do not stop all calls");
};
const NOT_IN_MEMORY = { findRunning: notInMemory, countOpen: notInMemory };

function dueOf(
  records: readonly CallRecord[],
  { now, projectId: of }: { now: Date; projectId: string | undefined },
): CallRecord[] {
  return records
    .filter(({ projectId }) => of === undefined || projectId === of)
    .filter(({ wakeAt }) => wakeAt !== undefined && wakeAt <= now)
    .toSorted((a, b) => a.wakeAt!.getTime() - b.wakeAt!.getTime());
}

function heldOf(
  records: readonly CallRecord[],
  { projectId, reasons, heldUntil, limit }: HeldSearch,
): CallRecord[] {
  return records
    .filter((record) => record.projectId === projectId)
    .filter(({ waitsFor }) => waitsFor !== undefined && reasons.includes(waitsFor))
    .filter(({ heldAt }) => heldAt !== undefined && heldAt <= heldUntil)
    .slice(0, limit);
}

function nextHeld(
  records: readonly CallRecord[],
  { after, reason }: { after: string; reason: WaitReason },
): string | undefined {
  const held = records.filter(
    ({ waitsFor, projectId }) => waitsFor === reason && projectId > after,
  );
  return held.map(({ projectId }) => projectId).toSorted()[0];
}

function nextProject(records: readonly CallRecord[], after: string) {
  const open = records.flatMap(({ projectId, wakeAt }) =>
    wakeAt !== undefined && projectId > after ? { projectId, at: wakeAt } : [],
  );
  const first = open.map(({ projectId }) => projectId).toSorted()[0];
  const ofFirst = open.filter(({ projectId }) => projectId === first);
  return ofFirst.toSorted((a, b) => a.at.getTime() - b.at.getTime())[0];
}
