import type { CallLogView } from "../../query/views/present-call-log.ts";
import type { CallFate, Telling } from "./call-fate.ts";
import { ENGLISH_STORY } from "./english-story.ts";
import type { AttemptView } from "./fate.ts";
import { notesOf } from "./story-note.ts";
import type { StoryWords } from "./story-words.ts";

/** What is said of a call after its first sentence: the provider's words, why no attempt followed, and the attempts before. */
export function storyDetails(call: CallLogView, fate: CallFate, telling: Telling): string[] {
  const { words, times } = telling;
  return [
    ...(fate.name === "refused.budget" ? [words.budget(call, times)] : []),
    ...providerWords(fate.attempt, words),
    ...notesOf(call.statusMessage ?? "").map((note) => words.note(note, times)),
    ...otherAttempts(call, fate, words),
  ].filter((sentence) => sentence !== "" && sentence !== ".");
}

/** What the provider said of an attempt, as a sentence; none where it said nothing. */
export function providerWords(
  attempt: Pick<AttemptView, "errorMessage" | "errorCode"> | undefined,
  words: Pick<StoryWords, "provider"> = ENGLISH_STORY,
): string[] {
  const { errorMessage, errorCode } = attempt ?? {};
  if (!errorMessage) return errorCode ? [words.provider({ code: errorCode })] : [];
  const isNamed = errorCode === undefined || errorMessage.includes(errorCode);
  const message = errorMessage.replace(/[.\s]+$/, "");
  return [words.provider({ message, code: isNamed ? undefined : errorCode })];
}

function otherAttempts(
  { attempts }: CallLogView,
  { attempt: told }: CallFate,
  words: StoryWords,
): string[] {
  const made = (attempts ?? []).filter(({ claimedAt, outcome }) => claimedAt && outcome);
  return made
    .filter(({ _id }) => _id !== told?._id)
    .map(({ number, outcome, errorMessage }) =>
      words.attempt({ number, outcome: outcome!, message: errorMessage }),
    );
}
