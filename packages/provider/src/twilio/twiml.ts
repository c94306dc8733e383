import { speakable, toSpeakable, type GatherStep, type SpokenStep } from "@call-log/model";
import VoiceResponse from "twilio/lib/twiml/VoiceResponse.js";

import { REPEATED } from "./repeated.ts";

/** How texts are spoken, and where digits go. */
export interface TwimlOptions {
  /** BCP 47. */
  language?: string;
  voice?: string;
  /** Address that digits are sent to; without it they are not heard. */
  gatherUrl?: string;
}

/** The document that speaks these steps. */
export function twimlOf(steps: readonly SpokenStep[], options: TwimlOptions): string {
  const response = new VoiceResponse();
  speak(response, speakable(steps), { ...options, from: 0 });
  return response.toString();
}

/** The document that follows the digits of a gather step: its branch, and the steps after it. */
export function twimlAfter(
  recorded: readonly SpokenStep[],
  answer: { step: number; digits: string },
  options: TwimlOptions,
): string {
  const response = new VoiceResponse();
  const steps = speakable(recorded);
  const gather = steps[answer.step];
  const branch =
    gather !== undefined && "gather" in gather ? branchOf(gather, answer.digits) : undefined;
  if (branch?.say !== undefined) response.say(voiceOf(options), branch.say);
  speak(response, steps, { ...options, from: answer.step + 1 });
  return response.toString();
}

function branchOf({ gather }: GatherStep, digits: string) {
  return Object.hasOwn(gather.on, digits) ? gather.on[digits] : gather.otherwise;
}

function speak(
  response: VoiceResponse,
  steps: readonly SpokenStep[],
  { from, ...options }: TwimlOptions & { from: number },
): void {
  for (const [index, step] of steps.entries()) {
    if (index < from) continue;
    if ("say" in step) response.say(voiceOf(options), step.say);
    else if ("play" in step) response.play(step.play);
    else if ("pause" in step) response.pause({ length: step.pause });
    else gather(response, step, { ...options, index });
  }
}

function gather(
  response: VoiceResponse,
  { gather: { say, digits, timeoutSeconds, otherwise } }: GatherStep,
  { index, gatherUrl, ...options }: TwimlOptions & { index: number },
): void {
  const action = gatherUrl === undefined ? {} : { action: `${gatherUrl}?step=${index}${REPEATED}` };
  response
    .gather({
      ...action,
      method: "POST",
      input: ["dtmf"],
      numDigits: digits,
      timeout: timeoutSeconds,
    })
    .say(voiceOf(options), say);
  // Nothing pressed: the document goes on here.
  if (otherwise?.say !== undefined) response.say(voiceOf(options), otherwise.say);
}

function voiceOf({ language, voice }: TwimlOptions): VoiceResponse.SayAttributes {
  return {
    ...(language !== undefined && { language: toSpeakable(language) }),
    ...(voice !== undefined && { voice: toSpeakable(voice) }),
  } as VoiceResponse.SayAttributes;
}
