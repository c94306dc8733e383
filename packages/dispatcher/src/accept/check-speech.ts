import type { CallRequest, Project } from "@call-log/model";
import { attemptIdOf } from "@call-log/model";
import { speechRefusal } from "@call-log/provider";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { chainOf, providerNamed } from "../providers/provider-lookup.ts";
import { withoutUndefined } from "../rules/without-undefined.ts";

/** An attempt number whose callback addresses are the longest. */
const LONGEST_NUMBER = 9999;

/** Why a provider of the project's chain refuses so much text, or undefined when all accept it. */
export function refusalOfSpeech(
  context: Pick<DispatchContext, "providers" | "callbackUrlsFor">,
  project: Pick<Project, "providerChain">,
  { callLogId, request }: { callLogId: string; request: CallRequest },
): string | undefined {
  const { say: steps, language, voice } = request;
  const attemptId = attemptIdOf(callLogId, LONGEST_NUMBER);
  for (const name of chainOf(context, project)) {
    const provider = providerNamed(context, name);
    if (provider?.speechLimit === undefined) continue;
    const callbackUrls = context.callbackUrlsFor({ provider: name, attemptId });
    const refusal = speechRefusal(
      provider,
      withoutUndefined({ steps, language, voice, callbackUrls }),
    );
    if (refusal !== undefined) return `say: ${refusal}`;
  }
  return undefined;
}
