import { OUTCOME_OF_REFUSAL } from "../../packages/dispatcher/src/rules/attempt-outcome.ts";
import {
  ATTEMPT_STATES,
  CALL_OUTCOMES,
  CALL_STATUSES,
  REFUSAL_CLASSES,
  WAIT_REASONS,
} from "../../packages/model/src/index.ts";
import { code, type GeneratedTable, yesOrNo } from "./generated-table.ts";

const STATUSES = "docs/reference/statuses.md";

/** Statuses of a call, states and outcomes of an attempt, classes of refusals, reasons to wait. */
export const STATUS_TABLES: readonly GeneratedTable[] = [
  {
    page: STATUSES,
    heading: "Statuses of a call log",
    rows: () =>
      Object.entries(CALL_STATUSES).map(([name, { final, rank, wording }]) => [
        code(name),
        yesOrNo(final),
        String(rank),
        wording,
      ]),
  },
  {
    page: STATUSES,
    heading: "States of an attempt",
    rows: () =>
      Object.entries(ATTEMPT_STATES).map(([name, { ended, rank, wording }]) => [
        code(name),
        yesOrNo(ended),
        String(rank),
        wording,
      ]),
  },
  {
    page: STATUSES,
    heading: "Outcomes of an attempt",
    rows: () =>
      Object.entries(CALL_OUTCOMES).map(([name, outcome]) => [
        code(name),
        code(outcome.status),
        yesOrNo(outcome.retryable),
        yesOrNo(outcome.counts),
        yesOrNo(outcome.failover),
        outcome.wording,
      ]),
  },
  {
    page: STATUSES,
    heading: "Error classes",
    // Who waits and what it needs is written by people.
    rows: (present) =>
      REFUSAL_CLASSES.map((name) => {
        const [, , ...written] = present.find(([cell]) => cell === code(name)) ?? ["", "", "", ""];
        return [code(name), code(OUTCOME_OF_REFUSAL[name]), ...written];
      }),
  },
  {
    page: "docs/reference/waiting.md",
    heading: "Reasons",
    rows: () =>
      Object.entries(WAIT_REASONS).map(([name, { wording, callNow }]) => [
        code(name),
        wording,
        yesOrNo(callNow === true),
        callNow === true ? "" : callNow,
      ]),
  },
];
