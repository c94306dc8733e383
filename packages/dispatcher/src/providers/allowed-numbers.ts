import type { AllowedNumbers, CallRequest, Project } from "@call-log/model";
import { allowedNumbers, CallLogError, numbersToCallFrom } from "@call-log/model";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { chainOf, providerNamed } from "./provider-lookup.ts";

/** Most numbers in an error. */
const MOST_LISTED = 20;

/** Message for a project without any number to call from. */
export const NO_NUMBER =
  "fromNumber: the project has no number to call from; add one to its settings, or ask the operator to lend one";

/** The numbers of projects and of provider accounts. */
export type CallerNumbers = Pick<DispatchContext, "callerIds" | "providers">;

/**
 * The numbers that a project may call from: its own, and those that are lent to it, the numbers of its provider
 * accounts among them.
 */
export async function allowedNumbersOf(
  context: CallerNumbers,
  project: Project,
): Promise<AllowedNumbers> {
  const { callerIds, providers } = context;
  const numberOf = (name: string) => providerNamed(context, name)?.defaultFromNumber ?? [];
  const known = await callerIds.of(project, Object.keys(providers).flatMap(numberOf));
  return allowedNumbers(project, { known, defaults: chainOf(context, project).flatMap(numberOf) });
}

/**
 * The number that a request is called from. One that the project may not use is a BAD_REQUEST that lists those that it may; `mayMove`
 * takes the best of them in its place.
 */
export function fromNumberOf(
  allowed: AllowedNumbers,
  { toNumber, fromNumber: wanted }: Pick<CallRequest, "toNumber" | "fromNumber">,
  mayMove: boolean,
): string {
  const [best] = numbersToCallFrom(allowed, { toNumber, wanted });
  if (best === undefined) throw new CallLogError("BAD_REQUEST", NO_NUMBER);
  if (wanted === undefined || wanted === best || mayMove) return best;
  const numbers = [...allowed.own, ...allowed.lent];
  const more = numbers.length - MOST_LISTED;
  const listed = numbers.slice(0, MOST_LISTED).join(", ");
  throw new CallLogError(
    "BAD_REQUEST",
    `fromNumber: must be one of ${listed}${more > 0 ? ` and ${more} more` : ""}`,
  );
}
