import type { CallLogView } from "../../query/views/present-call-log.ts";
import { CALL_OUTCOMES } from "../call-outcome.ts";
import type { CallFate } from "./call-fate.ts";
import type { AttemptView, TimeWords } from "./fate.ts";
import { reasonText } from "./reason-text.ts";
import { REFUSAL_FATES } from "./refusal-fates.ts";

const MOMENT = String.raw`\d{4}-\d{2}-\d{2}T[\d:.]+Z`;

/** What a message says beside its reason, by its form there. */
const NOTES: readonly [
  form: RegExp,
  words: (found: RegExpExecArray, times: TimeWords) => string,
][] = [
  [/^after (\d+) attempts$/, ([, count]) => `It was tried ${count} times.`],
  [/^not tried again by its policy$/, () => "Its request asks for no further attempt after this."],
  [/^refused for 24 hours$/, () => "It was refused for 24 hours."],
  [
    /^its alert ended at the source$/,
    () => "No attempt followed, because its alert ended at the source.",
  ],
  [/^canceled while the call was running$/, () => "It was canceled while the call was running."],
  [/^the deadline ended the attempts$/, () => "Its deadline ended the attempts."],
  [/^it waited: (.+)$/, ([, reason]) => `It waited: ${reason}.`],
  [/^next at /, () => ""],
  [
    new RegExp(`^acknowledged at (${MOMENT}), learnt at (${MOMENT}) from the provider's record$`),
    ([, at, learntAt], { day }) =>
      `The provider's record says that it was acknowledged ${day(at!)}; this was learnt ${day(learntAt!)}.`,
  ],
];

/** What is said of a call after its first sentence: the provider's words, why no attempt followed, and the attempts before. */
export function storyDetails(call: CallLogView, fate: CallFate, times: TimeWords): string[] {
  return [
    ...(fate.entry === REFUSAL_FATES.budget ? [`${upperFirst(reasonText(call, times))}.`] : []),
    ...providerWords(fate.attempt),
    ...notes(call, times),
    ...otherAttempts(call, fate),
  ].filter((sentence) => sentence !== "" && sentence !== ".");
}

/** What the provider said of an attempt, as a sentence; none where it said nothing. */
export function providerWords(
  attempt: Pick<AttemptView, "errorMessage" | "errorCode"> | undefined,
): string[] {
  const { errorMessage, errorCode } = attempt ?? {};
  if (!errorMessage) return errorCode ? [`The provider gives error ${errorCode}.`] : [];
  const isNamed = errorCode === undefined || errorMessage.includes(errorCode);
  const said = errorMessage.replace(/[.\s]+$/, "");
  return [`The provider says: ${said}${isNamed ? "" : ` (error ${errorCode})`}.`];
}

function notes({ statusMessage }: CallLogView, times: TimeWords): string[] {
  const parts = (statusMessage ?? "").split("; ");
  return parts.flatMap((part) =>
    NOTES.flatMap(([form, words]) => {
      const found = form.exec(part);
      return found === null ? [] : [words(found, times)];
    }),
  );
}

function otherAttempts({ attempts }: CallLogView, { attempt: told }: CallFate): string[] {
  const made = (attempts ?? []).filter(({ claimedAt, outcome }) => claimedAt && outcome);
  return made
    .filter(({ _id }) => _id !== told?._id)
    .map(({ number, outcome, errorMessage }) => {
      const wording = lowerFirst(CALL_OUTCOMES[outcome!].wording);
      return `Attempt ${number}: ${wording}${errorMessage ? ` (${errorMessage})` : ""}.`;
    });
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
