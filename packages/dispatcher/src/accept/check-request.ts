import type { AllowedNumbers, CallRequest } from "@call-log/model";
import { CallLogError } from "@call-log/model";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { allowedNumbersOf, fromNumberOf } from "../providers/allowed-numbers.ts";
import { type CalleeTerms, refusalOfCallee } from "../rules/callee-refusal.ts";
import { refusalOfSpeech } from "./check-speech.ts";

/** What it takes to check requests. */
export type Checking = Pick<
  DispatchContext,
  | "projects"
  | "doNotCall"
  | "callerIds"
  | "providers"
  | "callbackUrlsFor"
  | "addressGuard"
  | "settings"
  | "now"
>;

/** What a project's requests are checked against. */
export interface RequestTerms extends CalleeTerms {
  allowed: AllowedNumbers;
}

/** The terms for requests of a project to these numbers. NOT_FOUND when there is no such project. */
export async function readTerms(
  context: Checking,
  projectId: string,
  numbers: readonly string[],
): Promise<RequestTerms> {
  const [project, blocked] = await Promise.all([
    context.projects.find(projectId),
    context.doNotCall.among(projectId, [...numbers]),
  ]);
  if (project === undefined) throw new CallLogError("NOT_FOUND", "there is no such project");
  const { allowedNumberTypes } = context.settings;
  const allowed = await allowedNumbersOf(context, project);
  return { project, blocked, allowedNumberTypes, allowed };
}

/** The number that a request is called from. Throws a BAD_REQUEST for a request that can't be accepted; `mayMove` lets it go from another number. */
export function checkRequest(
  context: Checking,
  terms: RequestTerms,
  given: { callLogId: string; request: CallRequest; mayMove: boolean },
): string {
  const { request, mayMove } = given;
  const refusal =
    refusalOfCallee(terms, request.toNumber) ?? refusalOfSpeech(context, terms.project, given);
  if (refusal !== undefined) throw new CallLogError("BAD_REQUEST", refusal);
  const notified = request.notify && context.addressGuard.refusalOfUrl(request.notify.url);
  if (notified !== undefined) throw new CallLogError("BAD_REQUEST", `notify.url: ${notified}`);
  if (request.deadlineAt !== undefined && request.deadlineAt <= context.now())
    throw new CallLogError("BAD_REQUEST", "deadlineAt: must be in the future");
  return fromNumberOf(terms.allowed, request, mayMove);
}
