import { type CallerId, CallLogError, isLentTo } from "@call-log/model";
import type { Collection } from "mongodb";

import { isDuplicateKey } from "../database-error.ts";
import type { CallerIdDocument, ProjectDocument } from "./tenant-documents.ts";

/**
 * How long a number is kept for a project that does not have it in its settings, in milliseconds: its writer may have
 * died.
 */
const UNWRITTEN_MS = 60_000;

/** What claims are decided on. */
export interface ClaimDeps {
  callerIds: Collection<CallerIdDocument>;
  projects: Collection<ProjectDocument>;
  now: () => Date;
}

/** A number as its document holds it. */
export function asCallerId({ _id: number, owner, lentTo }: CallerIdDocument): CallerId {
  return {
    number,
    ...(owner !== undefined && { owner }),
    ...(lentTo !== undefined && { lentTo }),
  };
}

/**
 * Make a project the owner of numbers without an owner. A number of another project that is not lent to it is a CONFLICT that names its position.
 */
export async function claimNumbers(
  deps: ClaimDeps,
  projectId: string,
  numbers: readonly string[],
): Promise<void> {
  for (const [index, number] of numbers.entries()) {
    if (await claimNumber(deps, projectId, number)) continue;
    throw new CallLogError(
      "CONFLICT",
      `fromNumbers.${index}: belongs to another project, and is not lent to this one`,
    );
  }
}

/** Make a project the owner of those of its numbers that nobody owns; the others stay as they are. */
export async function reclaimNumbers(
  deps: ClaimDeps,
  projectId: string,
  numbers: readonly string[],
): Promise<void> {
  for (const number of numbers) await claimNumber(deps, projectId, number);
}

async function claimNumber(deps: ClaimDeps, projectId: string, number: string): Promise<boolean> {
  const { callerIds, now } = deps;
  const nobodys = { _id: number, owner: { $exists: false }, lentTo: { $exists: false } };
  const claim = { $set: { owner: projectId, claimedAt: now() } };
  try {
    await callerIds.updateOne(nobodys, claim, { upsert: true });
    return true;
  } catch (error) {
    // Somebody owns it, or the operator lends it.
    if (!isDuplicateKey(error)) throw error;
  }
  const known = await callerIds.findOne({ _id: number });
  if (known === null) return claimNumber(deps, projectId, number);
  if (known.owner === projectId || isLentTo(asCallerId(known), projectId) === true) return true;
  return takeOver(deps, projectId, known);
}

/**
 * Give each number in the settings of a project that has no owner yet to the project that was created first. For
 * databases of older releases.
 */
export async function adoptNumbers({ callerIds, projects, now }: ClaimDeps): Promise<void> {
  const found = await projects
    .find({ "fromNumbers.0": { $exists: true } }, { projection: { fromNumbers: 1, createdAt: 1 } })
    .sort({ createdAt: 1, _id: 1 })
    .toArray();
  const owners = new Map<string, string>();
  for (const { _id, fromNumbers } of found.toReversed())
    for (const number of fromNumbers) owners.set(number, _id);
  const known = await callerIds
    .find({ _id: { $in: [...owners.keys()] } }, { projection: { _id: 1 } })
    .toArray();
  for (const { _id } of known) owners.delete(_id);
  const writes = [...owners].map(([_id, owner]) => ({
    updateOne: {
      filter: { _id },
      update: { $setOnInsert: { owner, claimedAt: now() } },
      upsert: true,
    },
  }));
  if (writes.length > 0) await callerIds.bulkWrite(writes, { ordered: false });
}

async function takeOver(
  { callerIds, projects, now }: ClaimDeps,
  projectId: string,
  { _id, owner, claimedAt }: CallerIdDocument,
): Promise<boolean> {
  if (owner === undefined || claimedAt === undefined) return false;
  if (now().getTime() - claimedAt.getTime() < UNWRITTEN_MS) return false;
  if ((await projects.findOne({ _id: owner, fromNumbers: _id })) !== null) return false;
  const { modifiedCount } = await callerIds.updateOne(
    { _id, owner, claimedAt },
    { $set: { owner: projectId, claimedAt: now() } },
  );
  return modifiedCount > 0;
}
