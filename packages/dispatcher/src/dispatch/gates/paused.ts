import type { Project } from "@call-log/model";

import { secondsAfter } from "../../rules/seconds.ts";
import type { Gate } from "../gate.ts";

/** Calls of a paused project wait; a paused provider is passed over. */
export const paused: Gate = async ({ providerStates, settings }, { project, provider, now }) => {
  const reason = pauseReason(project);
  if (reason !== undefined) {
    const at = secondsAfter(now, settings.pausedRecheckSeconds);
    return { kind: "later", at, waitsFor: "project-paused", reason };
  }
  const pause = await providerStates.pauseOf(provider);
  if (pause === undefined) return { kind: "open" };
  // Why is the operators' business: a call's message is read by its project.
  return { kind: "otherProvider", waitsFor: "provider-paused", reason: `${provider} is paused` };
};

function pauseReason({ operatorPause, paused: own }: Pick<Project, "operatorPause" | "paused">) {
  if (operatorPause !== undefined)
    return `the project is paused by an operator: ${operatorPause.reason}`;
  return own && `the project is paused: ${own.reason}`;
}
