import { type CallRecord, type SpokenStep, speakable } from "@call-log/model";

/** What a call says, as its carrier is sent it, and in which language and voice; null stands for the carrier's own. */
export interface CallSpeech {
  steps: SpokenStep[];
  /** BCP 47. */
  language: string | null;
  /** By the carrier's name. */
  voice: string | null;
}

/** What a call says; null where it is not known, or hidden because the call is sensitive. */
export function callSpeech({ plan }: Pick<CallRecord, "plan">): CallSpeech | null {
  const { steps, sensitive, language = null, voice = null } = plan;
  if (sensitive || steps.length === 0) return null;
  return { steps: speakable(steps), language, voice };
}
