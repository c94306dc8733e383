import type { AlertSource, CallRequestInput } from "@call-log/model";
import { CallLogError } from "@call-log/model";

import { parseCallRequest } from "../accept/accept-call.ts";
import type { Checking } from "../accept/check-request.ts";
import type { DispatchContext } from "../context/dispatch-context.ts";
import type { AlertPlan } from "./plan-alerts.ts";
import { readAlerts } from "./read-alerts.ts";
import { refusalsOf } from "./refusals-of.ts";
import { plansFor } from "./take-alerts.ts";

type Previewing = Checking & Pick<DispatchContext, "calls">;

/** What would be done with some alerts of a notification. */
export interface AlertPreview {
  /** Places of the alerts in the notification, from 0. */
  indexes: readonly number[];
  fingerprint?: string | undefined;
  action: "call" | "cancel" | "nothing" | "refuse";
  /** Why nothing, or why not. */
  reason?: string | undefined;
  /** The call that would be placed. */
  request?: CallRequestInput | undefined;
}

const ACTIONS = {
  call: "call",
  stop: "cancel",
  repeated: "nothing",
  ignored: "nothing",
  refused: "refuse",
} as const satisfies Record<AlertPlan["kind"], AlertPreview["action"]>;

/** What a notification would do, with what would refuse its calls; nothing is done. Throws a BAD_REQUEST for a body that is not of this source. */
export async function previewAlerts(
  context: Previewing,
  source: AlertSource,
  body: unknown,
): Promise<AlertPreview[]> {
  const plans = await plansFor(context, source, readAlerts(source, body));
  return Promise.all(plans.filter(isShown).map((plan) => preview(context, source, plan)));
}

async function preview(
  context: Previewing,
  { projectId }: AlertSource,
  plan: AlertPlan,
): Promise<AlertPreview> {
  const { indexes, fingerprint } = plan;
  const action = ACTIONS[plan.kind];
  if (plan.kind === "stop")
    return { indexes, fingerprint, action, reason: `${plan.status} at the source` };
  if (plan.kind !== "call") return { indexes, fingerprint, action, reason: plan.reason };
  const { request } = plan;
  const reason = await refusalOf(context, projectId, request);
  if (reason !== undefined) return { indexes, fingerprint, action: "refuse", reason, request };
  return { indexes, fingerprint, action, request };
}

async function refusalOf(
  context: Previewing,
  projectId: string,
  input: CallRequestInput,
): Promise<string | undefined> {
  try {
    const request = parseCallRequest(input);
    const [refusal] = await refusalsOf(context, projectId, [request]);
    return refusal?.message;
  } catch (error) {
    if (error instanceof CallLogError) return error.message;
    throw error;
  }
}

// The end of a group that accounts for no alert is of no interest.
function isShown({ indexes }: AlertPlan): boolean {
  return indexes.length > 0;
}
