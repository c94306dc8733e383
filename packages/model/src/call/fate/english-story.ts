import { actorText } from "../../audit/actor.ts";
import { dollars } from "../../value/dollars.ts";
import { CALL_OUTCOMES } from "../call-outcome.ts";
import type { AttemptView, TimeWords } from "./fate.ts";
import { FATES } from "./fates.ts";
import { reasonText } from "./reason-text.ts";
import type { StoryNote } from "./story-note.ts";
import type { CallCost, StoryWords } from "./story-words.ts";
import { TODOS } from "./todo.ts";

/** The story of a call in English. */
export const ENGLISH_STORY: StoryWords = {
  fate: (name, facts) => FATES[name].sentence(facts),
  todo: (name) => TODOS[name],
  callee: "The callee",
  did: (attempt) => (attempt === undefined ? "somebody answered" : didOf(attempt)),
  by: (actor) => (actor === undefined ? "" : ` by ${actorText(actor) || "a person"}`),
  reason: reasonText,
  budget: (call, times) => `${upperFirst(reasonText(call, times))}.`,
  note: noteText,
  provider: ({ message, code }) => {
    if (message === undefined) return `The provider gives error ${code}.`;
    return `The provider says: ${message}${code === undefined ? "" : ` (error ${code})`}.`;
  },
  attempt: ({ number, outcome, message }) => {
    const wording = lowerFirst(CALL_OUTCOMES[outcome].wording);
    return `Attempt ${number}: ${wording}${message ? ` (${message})` : ""}.`;
  },
  cost: costText,
};

function didOf({ digits, answeredBy }: Pick<AttemptView, "digits" | "answeredBy">): string {
  return `${whoAnswered(answeredBy)} ${digits ? `pressed ${digits}` : "answered"}`;
}

function whoAnswered(answeredBy: AttemptView["answeredBy"]): string {
  if (answeredBy === "human") return "a person";
  return answeredBy === "machine" ? "a machine" : "somebody";
}

function noteText(note: StoryNote, { day }: TimeWords): string {
  switch (note.name) {
    case "tried":
      return `It was tried ${note.count} times.`;
    case "no-further":
      return "Its request asks for no further attempt after this.";
    case "refused-for-a-day":
      return "It was refused for 24 hours.";
    case "alert-ended":
      return "No attempt followed, because its alert ended at the source.";
    case "canceled-running":
      return "It was canceled while the call was running.";
    case "deadline":
      return "Its deadline ended the attempts.";
    case "waited":
      return `It waited: ${note.reason}.`;
    case "learnt-late":
      return `The provider's record says that it was acknowledged ${day(note.at)}; this was learnt ${day(note.learntAt)}.`;
  }
}

function costText({ state, cents, foreign }: CallCost): string {
  const amount = dollars(cents);
  switch (state) {
    case "pending":
      return `Cost so far ${amount}; a price is pending.`;
    case "final":
      return `Cost ${amount}.`;
    case "foreign":
      return `Cost ${amount}, and in another currency ${foreign.join(" + ")}.`;
    case "unfound":
      return `Cost ${amount}, without an attempt whose call was never found.`;
  }
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
