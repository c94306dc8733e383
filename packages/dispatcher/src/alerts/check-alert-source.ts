import type { Alert, AlertCallRule, AlertSource } from "@call-log/model";
import { CallLogError } from "@call-log/model";

import { parseCallRequest } from "../accept/accept-call.ts";
import type { Checking } from "../accept/check-request.ts";
import { requestFor } from "./alert-call.ts";
import { refusalsOf } from "./refusals-of.ts";

/** Which field of a rule a refusal of a call is about, by the field of the call request. */
const FIELDS: readonly [field: string, ofRule: string][] = [
  ["say", "text"],
  ["fromNumber", "fromNumber"],
  ["tags", "tags"],
];

/** Throws a BAD_REQUEST that names the field when the project could place no call by this rule. */
export async function checkAlertSource(
  context: Checking,
  source: Pick<AlertSource, "projectId" | "name" | "kind" | "rule">,
): Promise<void> {
  const callees = calleesOf(source.rule);
  const requests = callees.map(({ number }) => requestOf(source, number));
  const refusals = await refusalsOf(context, source.projectId, requests.map(parseCallRequest));
  for (const [index, refusal] of refusals.entries()) {
    if (refusal === undefined) continue;
    const place = callees[index]?.place ?? "to";
    throw new CallLogError("BAD_REQUEST", `rule.${placed(refusal.message, place)}`);
  }
}

function placed(message: string, callee: string): string {
  const [field = "", ...rest] = message.split(": ");
  const ofRule = FIELDS.find(([name]) => field.startsWith(name))?.[1] ?? callee;
  return `${ofRule}: ${rest.join(": ") || message}`;
}

function calleesOf({ to, toByLabel }: AlertCallRule): { place: string; number: string }[] {
  const named = toByLabel?.numbers ?? [];
  return [
    { place: "to", number: to },
    ...named.map(({ to: number }, index) => ({ place: `toByLabel.numbers.${index}.to`, number })),
  ];
}

// An alert without any text shows what the rule alone makes.
function requestOf(
  source: Pick<AlertSource, "projectId" | "name" | "kind" | "rule">,
  toNumber: string,
) {
  const alert: Alert = {
    fingerprint: "check",
    status: "firing",
    title: "",
    text: "",
    labels: {},
    annotations: {},
    document: {},
  };
  const [createdAt, updatedAt] = [new Date(0), new Date(0)];
  return requestFor(
    { ...source, _id: "check", enabled: true, createdAt, updatedAt },
    { alerts: [alert], fingerprint: "check", key: "check", body: {} },
    { toNumber, idempotencyKey: "check", now: new Date() },
  );
}
