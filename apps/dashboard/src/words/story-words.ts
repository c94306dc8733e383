import {
  type AttemptView,
  callStory,
  type CallCost,
  type CallLogView,
  type CallStory,
  type StoryNote,
  type StoryWords,
} from "@call-log/model";

import { moneyWords } from "../components/money-text.ts";
import { BROWSER_TIMES } from "../format/time.ts";
import { t } from "../language/translate.ts";
import { byActor } from "./actor-words.ts";
import { fateWords } from "./fate-words.ts";
import { outcomeInSentence } from "./outcome-words.ts";
import { waitedWords } from "./reason-words.ts";
import { budgetWords, reasonWords } from "./story-reason.ts";
import { todoWords } from "./todo-words.ts";

/** What became of a call, in the active language and by the browser's clock. */
export function storyOf(call: CallLogView): CallStory {
  return callStory(call, BROWSER_TIMES, STORY_WORDS);
}

/** The words of the active language that the story of a call is made of. */
export const STORY_WORDS: StoryWords = {
  fate: fateWords,
  todo: todoWords,
  get callee() {
    return t("The callee");
  },
  did: (attempt) => (attempt === undefined ? t("somebody answered") : didWords(attempt)),
  by: (actor) => (actor === undefined ? "" : ` ${byActor(actor)}`),
  reason: reasonWords,
  budget: budgetWords,
  note: (note, times) => (NOTES[note.name] as NoteWords)(note, times.day),
  provider: ({ message, code }) => {
    if (message === undefined) return t("The provider gives error {code}.", { code: code ?? "" });
    return code === undefined
      ? t("The provider says: {message}.", { message })
      : t("The provider says: {message} (error {code}).", { message, code });
  },
  attempt: ({ number, outcome, message }) => {
    const words = outcomeInSentence(outcome);
    return message
      ? t("Attempt {number}: {words} ({message}).", { number, words, message })
      : t("Attempt {number}: {words}.", { number, words });
  },
  cost: (cost) =>
    COSTS[cost.state]({ amount: moneyWords(cost.cents), foreign: cost.foreign.join(" + ") }),
};

function didWords({ digits, answeredBy }: Pick<AttemptView, "digits" | "answeredBy">): string {
  if (digits) {
    if (answeredBy === "human") return t("a person pressed {digits}", { digits });
    return answeredBy === "machine"
      ? t("a machine pressed {digits}", { digits })
      : t("somebody pressed {digits}", { digits });
  }
  if (answeredBy === "human") return t("a person answered");
  return answeredBy === "machine" ? t("a machine answered") : t("somebody answered");
}

type NoteWords = (note: StoryNote, day: (iso: string) => string) => string;
type Notes = {
  readonly [N in StoryNote["name"]]: (
    note: StoryNote & { name: N },
    day: (iso: string) => string,
  ) => string;
};

const NOTES: Notes = {
  tried: ({ count }) =>
    t("{count, plural, one {It was tried # times.} other {It was tried # times.}}", { count }),
  "no-further": () => t("Its request asks for no further attempt after this."),
  "refused-for-a-day": () => t("It was refused for 24 hours."),
  "alert-ended": () => t("No attempt followed, because its alert ended at the source."),
  "canceled-running": () => t("It was canceled while the call was running."),
  deadline: () => t("Its deadline ended the attempts."),
  waited: ({ reason }) => t("It waited: {reason}.", { reason: waitedWords(reason) }),
  "learnt-late": ({ at, learntAt }, day) =>
    t("The provider's record says that it was acknowledged {at}; this was learnt {learntAt}.", {
      at: day(at),
      learntAt: day(learntAt),
    }),
};

type CostValues = Readonly<Record<"amount" | "foreign", string>>;

const COSTS: Readonly<Record<CallCost["state"], (values: CostValues) => string>> = {
  pending: (values) => t("Cost so far {amount}; a price is pending.", values),
  final: (values) => t("Cost {amount}.", values),
  foreign: (values) => t("Cost {amount}, and in another currency {foreign}.", values),
  unfound: (values) => t("Cost {amount}, without an attempt whose call was never found.", values),
};
