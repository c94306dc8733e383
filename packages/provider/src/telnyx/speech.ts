import { speakable, type SpokenStep } from "@call-log/model";

import { toClientState, type CallLabel } from "./call-label.ts";

/** Voice and language that Telnyx is told when nobody chose any; it needs both. */
const DEFAULT_VOICE = { voice: "female", language: "en-US" };

/** A command to a call: `POST /v2/calls/{id}/actions/{action}`. */
export interface Command {
  action: "speak" | "playback_start" | "gather_using_speak" | "hangup";
  body: Record<string, string | number>;
}

/** What has come to its end, so that the next thing is to be spoken. */
export type Cue = { kind: "answered" } | { kind: "spoken" } | { kind: "gathered"; digits: string };

/** The command that follows; undefined when the end of a gather is still awaited. Its `command_id` is the same each time, so Telnyx does it once. */
export function commandAfter(
  cue: Cue,
  label: CallLabel,
  recorded: readonly SpokenStep[],
): Command | undefined {
  const steps = speakable(recorded);
  const { step, part } = label.speaking ?? { step: -1, part: "step" };
  const current = steps[step];
  const gather = part === "step" && current && "gather" in current ? current.gather : undefined;
  if (cue.kind === "answered") return commandFor(0, label, steps);
  if (cue.kind === "spoken") return gather ? undefined : commandFor(step + 1, label, steps);
  const branch =
    gather && (Object.hasOwn(gather.on, cue.digits) ? gather.on[cue.digits] : gather.otherwise);
  if (branch?.say === undefined) return commandFor(step + 1, label, steps);
  return speak(branch.say, { ...label, speaking: { step, part: "branch" } });
}

function commandFor(index: number, label: CallLabel, steps: readonly SpokenStep[]): Command {
  const step = steps[index];
  const next: CallLabel = { ...label, speaking: { step: index, part: "step" } };
  if (step === undefined) return { action: "hangup", body: bodyOf(next) };
  if ("say" in step) return speak(step.say, next);
  if ("play" in step)
    return { action: "playback_start", body: { ...bodyOf(next), audio_url: step.play } };
  if ("pause" in step) return speak(`<speak><break time="${step.pause}s"/></speak>`, next, "ssml");
  const { say, digits, timeoutSeconds } = step.gather;
  return {
    action: "gather_using_speak",
    body: {
      ...speak(say, next).body,
      minimum_digits: digits,
      maximum_digits: digits,
      timeout_millis: timeoutSeconds * 1000,
    },
  };
}

function speak(payload: string, label: CallLabel, payload_type: "text" | "ssml" = "text"): Command {
  const { voice = DEFAULT_VOICE.voice, language = DEFAULT_VOICE.language } = label;
  return { action: "speak", body: { ...bodyOf(label), payload, payload_type, voice, language } };
}

function bodyOf(label: CallLabel): Command["body"] {
  const { step, part } = label.speaking ?? { step: 0, part: "step" };
  return {
    client_state: toClientState(label),
    command_id: `${label.attemptId}-${step}-${part}`,
  };
}
