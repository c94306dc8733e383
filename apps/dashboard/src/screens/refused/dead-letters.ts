import type { DeadLetterState } from "@call-log/model";

import { api, type Outputs } from "../../api.ts";
import { useSignedIn } from "../../session/session-context.ts";

/** A refused request, as the server returns it. */
export type DeadLetter = Outputs["deadLetters"]["list"]["data"][number];

/** States that can be listed. */
export type Listed = DeadLetterState | "all";

/** Query key of refused requests, which an act refetches. */
export const DEAD_LETTERS = ["dead-letters"] as const;

/** The refused requests of the shown project; for an operator, those without a project. */
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
