import { z } from "zod";

import { wholeNumber } from "../value/number-range.ts";
import { hasAtMost } from "../value/short-text.ts";
import { soundAddress } from "./sound-address.ts";
import { toSpeakable } from "./spoken-text.ts";

/** Longest text of one spoken step, in characters. */
const MAX_TEXT_LENGTH = 3000;
/** Most steps that one call may have. */
const MAX_STEPS = 20;
/** Most branches of one gather step. */
const MAX_BRANCHES = 100;
/** Most times that a key has one question asked again, so that no call lasts for ever. */
export const MAX_KEY_REPEATS = 10;
/** Most times that a question is asked again because nobody presses anything. */
const MAX_SILENT_REPEATS = 5;

/** What is said, cleaned of what can't be; whether something is left is looked at when the whole request is known. */
export const spokenText = z
  .string({ error: "must be text" })
  .overwrite(toSpeakable)
  .refine((text) => hasAtMost(text, MAX_TEXT_LENGTH), {
    error: `must be at most ${MAX_TEXT_LENGTH} characters`,
  })
  .meta({ maxLength: MAX_TEXT_LENGTH });

const sayStep = z
  .strictObject({
    say: spokenText.meta({ description: "Text to say", example: "The database is down." }),
  })
  .meta({ title: "Say" });

const playStep = z
  .strictObject({
    play: soundAddress.meta({
      description: "Sound file that the carrier fetches: http or https, at a public host",
      example: "https://shop.example/alarm.mp3",
    }),
  })
  .meta({ title: "Play" });

const pauseStep = z
  .strictObject({
    pause: z
      .number({ error: "must be a number of seconds" })
      .int()
      .min(1, { error: "must be at least 1 second" })
      .max(60, { error: "must be at most 60 seconds" })
      .meta({ description: "Silence, in seconds", example: 2 }),
  })
  .meta({ title: "Pause" });

const gatherBranch = z.strictObject({
  say: spokenText.optional().meta({
    description: "Text to say in answer to these digits",
    example: "Acknowledged.",
  }),
  acknowledge: z.boolean().optional().meta({
    description: "These digits mean that a person acknowledges",
    example: true,
  }),
  repeat: z
    .boolean()
    .optional()
    .meta({
      description: `These digits repeat the question, at most ${MAX_KEY_REPEATS} times; after that they count as keys without a branch`,
      example: true,
    }),
});

const gatherFields = z
  .strictObject({
    say: spokenText.meta({
      description: "Text to say while waiting for keys",
      example: "Press 4 to acknowledge.",
    }),
    digits: wholeNumber(1, 20).default(1).meta({
      description: "How many keys to wait for; every branch has as many",
      example: 1,
    }),
    timeoutSeconds: wholeNumber(1, 60).default(10).meta({
      description: "How long to wait for a key after the text, in seconds",
      example: 10,
    }),
    on: z
      .record(
        z.string().regex(/^[0-9*#]{1,20}$/, {
          error: "must be keys of a phone: 0 to 9, * or #",
        }),
        gatherBranch,
      )
      .refine((branches) => Object.keys(branches).length > 0, {
        error: "must name at least one digit",
      })
      .refine((branches) => Object.keys(branches).length <= MAX_BRANCHES, {
        error: `must have at most ${MAX_BRANCHES} branches`,
      })
      .meta({
        description: "Branches by the pressed keys, 0-9, * and #, exactly `digits` of them",
        minProperties: 1,
        maxProperties: MAX_BRANCHES,
        example: { "4": { acknowledge: true, say: "Acknowledged." } },
      }),
    otherwise: gatherBranch.pick({ say: true }).optional().meta({
      description: "What to say after keys without a branch, and after silence",
    }),
    onSilence: z
      .strictObject({
        repeat: wholeNumber(1, MAX_SILENT_REPEATS).meta({
          description: "How often the question is repeated",
          example: 2,
        }),
      })
      .optional()
      .meta({
        description: "What to do when nothing is pressed. Default: the question is not repeated",
      }),
  })
  // The keys may be a PIN, so the branch is named by its place.
  .superRefine(({ digits, on }, context) => {
    const refuse = (message: string) => context.addIssue({ code: "custom", path: ["on"], message });
    for (const [index, [keys, branch]] of Object.entries(on).entries()) {
      if (keys.length !== digits)
        refuse(
          `branch ${index + 1} can never match: it has ${keys.length} keys, "digits" awaits ${digits}`,
        );
      if (branch.acknowledge && branch.repeat)
        refuse(`branch ${index + 1} must not have both "acknowledge" and "repeat"`);
    }
  })
  .meta({ description: "Asks for digits, with a branch per answer" });

const gatherStep = z.strictObject({ gather: gatherFields }).meta({ title: "Gather" });

/** One step of what is said in a call. */
export const spokenStep = z.union([sayStep, playStep, pauseStep, gatherStep], {
  error: 'must be {"say": …}, {"play": …}, {"pause": …} or {"gather": …}',
});

/** One step of what is said in a call. */
export type SpokenStep = z.output<typeof spokenStep>;

/** A gather step: the only one that takes an answer. */
export type GatherStep = z.output<typeof gatherStep>;

/** What is said: a text, or a list of steps. A text becomes one step. */
export const say = z
  .union(
    [
      // Without a step for a text in which nothing is left to say: the request has something else to say, or is refused.
      spokenText.transform((text): SpokenStep[] => (text === "" ? [] : [{ say: text }])),
      z
        .array(spokenStep)
        .min(1, { error: "must have at least one step" })
        .max(MAX_STEPS, { error: `must have at most ${MAX_STEPS} steps` }),
    ],
    {
      error: `must be text of 1 to ${MAX_TEXT_LENGTH} characters, or a list of 1 to ${MAX_STEPS} steps`,
    },
  )
  .meta({
    description: "Spoken text, or a list of say / play / pause / gather steps",
    example: "The database of shop.example is down.",
  });

/** The first gather step of a call, or undefined. */
export function gatherOf(steps: readonly SpokenStep[]): GatherStep | undefined {
  return steps.find((step): step is GatherStep => "gather" in step);
}

/** The gather step with this index; the first one of the call where none is named. */
function gatherAt(steps: readonly SpokenStep[], index: number | undefined): GatherStep | undefined {
  if (index === undefined) return gatherOf(steps);
  const step = steps[index];
  return step !== undefined && "gather" in step ? step : undefined;
}

/** True when these digits are ones that acknowledge at the gather step with this index, by default the first one. */
export function isAcknowledgement(
  steps: readonly SpokenStep[],
  digits: string,
  index?: number,
): boolean {
  const branches = gatherAt(steps, index)?.gather.on;
  return (
    branches !== undefined &&
    Object.hasOwn(branches, digits) &&
    branches[digits]?.acknowledge === true
  );
}

/** True when one of the gather steps has digits that acknowledge. */
export function canAcknowledge(steps: readonly SpokenStep[]): boolean {
  return steps.some(
    (step) =>
      "gather" in step && Object.values(step.gather.on).some((branch) => branch.acknowledge),
  );
}

/** The text of all spoken steps in one line, as `callData.message` shows it. */
export function spokenMessage(steps: readonly SpokenStep[]): string {
  const texts = steps.flatMap((step) => {
    if ("say" in step) return [step.say];
    return "gather" in step ? [step.gather.say] : [];
  });
  return texts.join(" ");
}
