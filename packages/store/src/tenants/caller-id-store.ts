import { type Acting, type CallerId, EVERY_PROJECT, SYSTEM_ACTING } from "@call-log/model";

import { shortCache } from "../batching/short-cache.ts";
import { asCallerId, claimNumbers, reclaimNumbers, type ClaimDeps } from "./caller-id-claim.ts";
import { changeLoan, type LoanDeps } from "./caller-id-loan.ts";

/** How long a project's numbers are cached, in milliseconds. */
const RECENT_MS = 1000;
/** Most projects in that cache. */
const MAX_RECENT = 1000;

/** Who owns the numbers that calls are made from, and whom the operator lends them to. Numbers are E.164. */
export interface CallerIdStore {
  /** What is known of the numbers of a project, of those lent to it, and of these; at most a second old. */
  of(project: NumberedProject, also: readonly string[]): Promise<readonly CallerId[]>;
  /**
   * Make a project the owner of numbers without an owner. A number of another project that is not lent to it is a CONFLICT that names its position.
   */
  claim(projectId: string, numbers: readonly string[]): Promise<void>;
  /** Release numbers of a project. */
  release(projectId: string, numbers: readonly string[]): Promise<void>;
  /** Make a project the owner of those of its numbers that nobody owns; the others stay as they are. */
  reclaim(projectId: string, numbers: readonly string[]): Promise<void>;
  /** All numbers, in their order. */
  list(): Promise<CallerId[]>;
  /** Lend a number to a project, or to `all`, beside those that it is lent to. */
  lend(number: string, borrower: string, acting?: Acting): Promise<CallerId>;
  /**
   * Stop lending a number to a borrower, or to everybody. A number lent to `all` can't be taken from one project: a
   * BAD_REQUEST.
   */
  takeBack(number: string, borrower?: string, acting?: Acting): Promise<CallerId>;
}

/** A project with the numbers of its settings. */
export interface NumberedProject {
  _id: string;
  fromNumbers: readonly string[];
}

type Deps = ClaimDeps & LoanDeps;

/**
 * The owners in a MongoDB collection, keyed by number: of two projects that claim one at a moment, the primary key lets
 * one through.
 */
export function createCallerIdStore(deps: Deps & { elapsedMs: () => number }): CallerIdStore {
  const { callerIds, elapsedMs } = deps;
  const cache = shortCache<readonly CallerId[]>({
    validMs: RECENT_MS,
    maxEntries: MAX_RECENT,
    elapsedMs,
  });
  const thenForget = async <T>(write: Promise<T>): Promise<T> => {
    try {
      return await write;
    } finally {
      cache.clear();
    }
  };

  return {
    of: async (project, also) =>
      (await cache.get(project._id, () => readKnown(deps, project, also))) ?? [],

    claim: (projectId, numbers) => thenForget(claimNumbers(deps, projectId, numbers)),

    async release(projectId, numbers) {
      const owned = { _id: { $in: [...numbers] }, owner: projectId };
      const ownerless = { $unset: { owner: "", claimedAt: "" } } as const;
      await thenForget(callerIds.updateMany(owned, ownerless));
    },

    reclaim: (projectId, numbers) => thenForget(reclaimNumbers(deps, projectId, numbers)),

    list: async () => (await callerIds.find().sort({ _id: 1 }).toArray()).map(asCallerId),

    lend: (number, borrower, acting = SYSTEM_ACTING) =>
      thenForget(changeLoan(deps, { act: "number.lend", number, borrower, acting })),

    takeBack: (number, borrower, acting = SYSTEM_ACTING) =>
      thenForget(changeLoan(deps, { act: "number.take-back", number, borrower, acting })),
  };
}

async function readKnown(
  deps: Deps,
  { _id, fromNumbers }: NumberedProject,
  also: readonly string[],
): Promise<CallerId[]> {
  const numbers = [...new Set([...fromNumbers, ...also])];
  const lent = { lentTo: { $in: [_id, EVERY_PROJECT] } };
  const found = await deps.callerIds
    .find({ $or: [{ _id: { $in: numbers } }, lent] })
    .sort({ _id: 1 })
    .toArray();
  // Written by a process of an older release, which knows of no owners.
  const ownerless = fromNumbers.filter((number) => !found.some((one) => one._id === number));
  if (ownerless.length === 0) return found.map(asCallerId);
  await reclaimNumbers(deps, _id, ownerless);
  const adopted = await deps.callerIds.find({ _id: { $in: ownerless } }).toArray();
  return [...found, ...adopted].map(asCallerId);
}
