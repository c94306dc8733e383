import { fromNumberFor, type Project } from "../project/project.ts";

/** Borrower of a number that is lent to every project, in place of a project's id. */
export const EVERY_PROJECT = "all";

/** What is known of a number that calls are made from. */
export interface CallerId {
  /** E.164. */
  number: string;
  /** Project that has it among its `fromNumbers`. */
  owner?: string;
  /** Ids of projects that the operator lends it to, or `all`; absent where the operator has said nothing. */
  lentTo?: readonly string[];
}

/** Numbers that a project may call from, E.164: its own, the best one first, and those that it borrows. */
export interface AllowedNumbers {
  own: readonly string[];
  lent: readonly string[];
}

/** What the numbers of a project follow from. */
export interface CallerIdSituation {
  known: readonly CallerId[];
  /** Numbers of the project's provider accounts; each is lent to every project until the operator says otherwise. */
  defaults: readonly string[];
}

/** The numbers that a project may call from. */
export function allowedNumbers(
  { _id, fromNumbers }: Pick<Project, "_id" | "fromNumbers">,
  { known, defaults }: CallerIdSituation,
): AllowedNumbers {
  const byNumber = new Map(known.map((callerId) => [callerId.number, callerId]));
  const isLent = (number: string) =>
    isLentTo(byNumber.get(number), _id) ??
    // The operator has said nothing.
    defaults.includes(number);
  const own = fromNumbers.filter((number) => byNumber.get(number)?.owner === _id || isLent(number));
  const named = known.flatMap(({ number }) => (isLent(number) ? [number] : []));
  const lent = [...new Set([...defaults.filter(isLent), ...named])];
  return { own, lent: lent.filter((number) => !own.includes(number)) };
}

/** Whether the operator lends a number to a project; undefined where the operator has said nothing. */
export function isLentTo(callerId: CallerId | undefined, projectId: string): boolean | undefined {
  const { lentTo } = callerId ?? {};
  if (lentTo === undefined) return undefined;
  return lentTo.includes(projectId) || lentTo.includes(EVERY_PROJECT);
}

/**
 * The numbers that a call may be made from, the best one first: the wanted one, then the project's own for the callee's country, then its
 * others, else the first that it borrows. Empty when there is none, or when the wanted one may not be used and nothing else is left.
 */
export function numbersToCallFrom(
  { own, lent }: AllowedNumbers,
  { toNumber, wanted }: { toNumber: string; wanted?: string | undefined },
): string[] {
  const isAllowed = wanted !== undefined && (own.includes(wanted) || lent.includes(wanted));
  const domestic = fromNumberFor({ fromNumbers: [...own] }, toNumber);
  const candidates = [isAllowed ? wanted : undefined, domestic, ...own];
  const numbers = [...new Set(candidates.flatMap((number) => number ?? []))];
  return numbers.length > 0 ? numbers : lent.slice(0, 1);
}
