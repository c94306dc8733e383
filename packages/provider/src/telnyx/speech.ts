import {
  askings,
  gatherAnswer,
  speakable,
  type GatherStep,
  type SpokenStep,
} from "@call-log/model";

import { toClientState, type CallLabel } from "./call-label.ts";

/** Default voice and language; Telnyx needs both. */
const DEFAULT_VOICE = { voice: "female", language: "en-US" };

/** A command to a call: `POST /v2/calls/{id}/actions/{action}`. */
export interface Command {
  action: "speak" | "playback_start" | "gather_using_speak" | "hangup";
  body: Record<string, string | number>;
}

/** What has ended, so that the next text is spoken. */
export type Cue = { kind: "answered" } | { kind: "spoken" } | { kind: "gathered"; digits: string };

/**
 * The command that follows; undefined while a gather has not ended. Its `command_id` is the same each time, so Telnyx
 * does it once.
 */
export function commandAfter(
  cue: Cue,
  label: CallLabel,
  recorded: readonly SpokenStep[],
): Command | undefined {
  const steps = speakable(recorded);
  const { step, part, repeats = 0 } = label.speaking ?? { step: -1, part: "step" };
  const current = steps[step];
  const question = part === "step" && current && "gather" in current ? current : undefined;
  const goOn = (asksAgain: boolean) =>
    asksAgain
      ? commandFor({ index: step, repeats: repeats + 1 }, label, steps)
      : commandFor({ index: step + 1 }, label, steps);
  if (cue.kind === "answered") return commandFor({ index: 0 }, label, steps);
  if (cue.kind === "spoken") return question ? undefined : goOn(part === "repeat");
  const { say, asksAgain } = question
    ? gatherAnswer(question, cue.digits, repeats)
    : { asksAgain: false };
  if (say === undefined) return goOn(asksAgain);
  const answer = { step, part: asksAgain ? "repeat" : "branch", ...numbered(repeats) } as const;
  return speak(say, { ...label, speaking: answer });
}

function commandFor(
  { index, repeats = 0 }: { index: number; repeats?: number },
  label: CallLabel,
  steps: readonly SpokenStep[],
): Command {
  const step = steps[index];
  const speaking = { step: index, part: "step", ...numbered(repeats) } as const;
  const next: CallLabel = { ...label, speaking };
  if (step === undefined) return { action: "hangup", body: bodyOf(next) };
  if ("say" in step) return speak(step.say, next);
  if ("play" in step)
    return { action: "playback_start", body: { ...bodyOf(next), audio_url: step.play } };
  if ("pause" in step) return speak(`<speak><break time="${step.pause}s"/></speak>`, next, "ssml");
  return { action: "gather_using_speak", body: gatherBody(step, next) };
}

// https://developers.telnyx.com/api-reference/call-commands/gather-using-speak: three tries and # as the key that ends, where nothing is said.
function gatherBody(question: GatherStep, label: CallLabel): Command["body"] {
  const { say, digits, timeoutSeconds, on } = question.gather;
  const keys = new Set(Object.keys(on).join(""));
  return {
    ...speak(say, label).body,
    minimum_digits: digits,
    maximum_digits: digits,
    timeout_millis: timeoutSeconds * 1000,
    maximum_tries: askings(question),
    ...(keys.has("#") && { terminating_digit: unused(keys) }),
  };
}

// Of the keys that a phone has, else a tone that phones can't send.
function unused(keys: ReadonlySet<string>): string {
  return Array.from("*0987654321").find((key) => !keys.has(key)) ?? "D";
}

const numbered = (repeats: number) => (repeats === 0 ? {} : { repeats });

function speak(payload: string, label: CallLabel, payload_type: "text" | "ssml" = "text"): Command {
  const { voice = DEFAULT_VOICE.voice, language = DEFAULT_VOICE.language } = label;
  return { action: "speak", body: { ...bodyOf(label), payload, payload_type, voice, language } };
}

function bodyOf(label: CallLabel): Command["body"] {
  const { step, part, repeats } = label.speaking ?? { step: 0, part: "step" };
  const place = repeats === undefined ? `${step}-${part}` : `${step}-${part}-${repeats}`;
  return {
    client_state: toClientState(label),
    command_id: `${label.attemptId}-${place}`,
  };
}
