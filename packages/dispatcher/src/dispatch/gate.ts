import type { Attempt, CallRecord, FinalStatus, Project, WaitReason } from "@call-log/model";

import type { DispatchContext } from "../context/dispatch-context.ts";

/** Decision about a due attempt before its claim. Only `open` dials and uses an attempt. */
export type GateAnswer =
  | { kind: "open" }
  /** Not before that time. */
  | { kind: "later"; at: Date; waitsFor: WaitReason; reason: string }
  /** Never: the call ends. */
  | { kind: "refused"; status: FinalStatus; message: string }
  /** Not at this provider, or from no number there; another one of the chain may be open. */
  | { kind: "otherProvider"; waitsFor: WaitReason; reason: string };

/** What gates check beside the call: lists, limits, pauses and budgets. */
export type GateContext = Pick<
  DispatchContext,
  | "doNotCall"
  | "providers"
  | "providerStates"
  | "calleeTurns"
  | "budgets"
  | "limiter"
  | "settings"
  | "metrics"
>;

/** The input of a gate. */
export interface GateVisit {
  record: CallRecord;
  attempt: Attempt;
  project: Project;
  /** Name of the provider account. */
  provider: string;
  /** Number that the call is made from, E.164. */
  fromNumber: string;
  now: Date;
}

/** One reason why a call may have to wait. */
export type Gate = (context: GateContext, visit: GateVisit) => Promise<GateAnswer>;
