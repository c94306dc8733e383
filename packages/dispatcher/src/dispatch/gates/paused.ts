import { secondsAfter } from "../../rules/seconds.ts";
import type { Gate } from "../gate.ts";

/** Calls of a paused project wait; a paused provider is passed over. */
export const paused: Gate = async ({ providerStates, settings }, { project, provider, now }) => {
  if (project.paused !== undefined) {
    const at = secondsAfter(now, settings.pausedRecheckSeconds);
    return { kind: "later", at, reason: `the project is paused: ${project.paused.reason}` };
  }
  const pause = await providerStates.pauseOf(provider);
  if (pause === undefined) return { kind: "open" };
  return { kind: "otherProvider", reason: `${provider} is paused: ${pause.reason}` };
};
