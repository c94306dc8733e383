import { refusalOfCallee } from "../../rules/callee-refusal.ts";
import type { Gate } from "../gate.ts";

/** Refuses a call that was accepted, but whose number the project may no longer call. */
export const callee: Gate = async ({ doNotCall, settings }, { record: { toNumber }, project }) => {
  const blocked = await doNotCall.among(project._id, [toNumber]);
  const { allowedNumberTypes } = settings;
  const message = refusalOfCallee({ project, blocked, allowedNumberTypes }, toNumber);
  if (message === undefined) return { kind: "open" };
  return { kind: "refused", status: "Failed", message: `Not dialled: ${message}` };
};
