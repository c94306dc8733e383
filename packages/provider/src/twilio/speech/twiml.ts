import {
  askings,
  gatherAnswer,
  speakable,
  toSpeakable,
  type GatherStep,
  type SpokenStep,
} from "@call-log/model";
import VoiceResponse from "twilio/lib/twiml/VoiceResponse.js";

import { CALLBACK_RETRIES } from "../callback-retries.ts";

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

/** What was pressed at which question, and how often a key had had it repeated by then. */
export interface Pressed {
  step: number;
  digits: string;
  repeats?: number;
}

/** The document that follows the digits of a gather step: its branch, and the question again or the steps after it. */
export function twimlAfter(
  recorded: readonly SpokenStep[],
  { step, digits, repeats = 0 }: Pressed,
  options: TwimlOptions,
): string {
  const response = new VoiceResponse();
  const steps = speakable(recorded);
  const question = steps[step];
  const { say, asksAgain } =
    question !== undefined && "gather" in question
      ? gatherAnswer(question, digits, repeats)
      : { asksAgain: false };
  if (say !== undefined) response.say(voiceOf(options), say);
  const next = asksAgain ? { from: step, repeats: repeats + 1 } : { from: step + 1 };
  speak(response, steps, { ...options, ...next });
  return response.toString();
}

function speak(
  response: VoiceResponse,
  steps: readonly SpokenStep[],
  { from, repeats = 0, ...options }: TwimlOptions & { from: number; repeats?: number },
): void {
  for (const [index, step] of steps.entries()) {
    if (index < from) continue;
    if ("say" in step) response.say(voiceOf(options), step.say);
    else if ("play" in step) response.play(step.play);
    else if ("pause" in step) response.pause({ length: step.pause });
    else gather(response, step, { ...options, index, repeats: index === from ? repeats : 0 });
  }
}

function gather(
  response: VoiceResponse,
  step: GatherStep,
  { index, repeats, gatherUrl, ...options }: TwimlOptions & { index: number; repeats: number },
): void {
  const { say, digits, timeoutSeconds, otherwise, on } = step.gather;
  const place = repeats === 0 ? `step=${index}` : `step=${index}&again=${repeats}`;
  const action =
    gatherUrl === undefined ? {} : { action: `${gatherUrl}?${place}${CALLBACK_RETRIES}` };
  // The key that finishes, # by default, is not sent (https://www.twilio.com/docs/voice/twiml/gather#finishonkey).
  const isHashAwaited = Object.keys(on).some((keys) => keys.includes("#"));
  // Nothing pressed: the document goes on with the next asking, and then behind the last.
  for (let asking = 0; asking < askings(step); asking += 1)
    response
      .gather({
        ...action,
        method: "POST",
        input: ["dtmf"],
        numDigits: digits,
        timeout: timeoutSeconds,
        ...(isHashAwaited && { finishOnKey: "" }),
      })
      .say(voiceOf(options), say);
  if (otherwise?.say !== undefined) response.say(voiceOf(options), otherwise.say);
}

function voiceOf({ language, voice }: TwimlOptions): VoiceResponse.SayAttributes {
  return {
    ...(language !== undefined && { language: toSpeakable(language) }),
    ...(voice !== undefined && { voice: toSpeakable(voice) }),
  } as VoiceResponse.SayAttributes;
}
