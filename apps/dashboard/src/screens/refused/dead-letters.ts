import { api } from "../../api.ts";
import { useSignedIn } from "../../session/session-context.ts";

/** A refused request as the server answers it. */
export type DeadLetter = Awaited<ReturnType<typeof api.deadLetters.list.query>>["data"][number];

/** Names what is asked of refused requests, so that an act reads it again. */
export const DEAD_LETTERS = ["dead-letters"] as const;

/** The refused requests of the shown project; for an operator those that name no project. */
export function useDeadLetters() {
  const { may } = useSignedIn();
  const isOperator = may.includes("operate");
  return {
    isOperator,
    isReadable: isOperator || may.includes("read"),
    mayAct: isOperator || may.includes("dispatch"),
    letters: isOperator ? api.operator.deadLetters : api.deadLetters,
  };
}
