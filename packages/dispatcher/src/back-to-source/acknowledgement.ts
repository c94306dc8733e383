import {
  type AlertCallRule,
  type AlertOrigin,
  type CallRecord,
  maskedNumber,
} from "@call-log/model";

/** What of an alert its source may need. */
export interface AcknowledgedAlert extends Pick<
  AlertOrigin,
  "fingerprint" | "title" | "severity" | "url" | "sourceName"
> {
  labels: Readonly<Record<string, string>>;
  /** ISO 8601. */
  startsAt?: string | undefined;
}

/** That a person has acknowledged the call of an alert, as its source is informed. */
export interface Acknowledgement {
  callLogId: string;
  /** When the digit was pressed. */
  acknowledgedAt: Date;
  /** What was pressed; absent for a sensitive call, whose digits are not kept. */
  digits?: string | undefined;
  /** Who pressed: a name where one is known, else the masked number. */
  by: string;
  alert: AcknowledgedAlert;
}

/** The acknowledgement of a call that was placed for an alert; undefined for another call, and before the press. */
export function acknowledgementOf(
  record: CallRecord,
  rule: Pick<AlertCallRule, "toByLabel">,
): Acknowledgement | undefined {
  const { alertOrigin, acknowledgedAt, attempts, toNumber } = record;
  if (alertOrigin === undefined || acknowledgedAt === undefined) return undefined;
  const { fingerprint, title, severity, startsAt, url, sourceName } = alertOrigin;
  const labels = Object.fromEntries(alertOrigin.labels.map(({ name, value }) => [name, value]));
  const digits = attempts.find((attempt) => attempt.acknowledgedAt !== undefined)?.digits;
  return {
    callLogId: record._id,
    acknowledgedAt,
    digits,
    by: record.user?.name ?? calleeNameOf(rule, record) ?? maskedNumber(toNumber),
    alert: {
      fingerprint,
      labels,
      title,
      severity,
      url,
      sourceName,
      startsAt: startsAt?.toISOString(),
    },
  };
}

/** The label's value that chose the number, such as "Ada", as the rule of the source writes it. */
function calleeNameOf(
  { toByLabel }: Pick<AlertCallRule, "toByLabel">,
  { alertOrigin, toNumber }: CallRecord,
): string | undefined {
  const label = alertOrigin?.labels.find(({ name }) => name === toByLabel?.label);
  const value = label?.value.trim().toLowerCase();
  const chosen = toByLabel?.numbers.find(({ is }) => is.trim().toLowerCase() === value);
  return chosen?.to === toNumber ? chosen.is : undefined;
}

/** An acknowledgement as a delivery keeps it. */
export function acknowledgementBody(acknowledgement: Acknowledgement): string {
  const timestamp = acknowledgement.acknowledgedAt.toISOString();
  return JSON.stringify({ type: "call.acknowledged", timestamp, data: acknowledgement });
}

/** The acknowledgement that a delivery keeps. */
export function readAcknowledgement(body: string): Acknowledgement {
  const { data } = JSON.parse(body) as {
    data: Omit<Acknowledgement, "acknowledgedAt"> & { acknowledgedAt: string };
  };
  return { ...data, acknowledgedAt: new Date(data.acknowledgedAt) };
}

/** One sentence that says who acknowledged, when, and in which call. It is how a repeated delivery finds its own silence. */
export function acknowledgementText(acknowledgement: Acknowledgement): string {
  const { by, digits, acknowledgedAt, callLogId } = acknowledgement;
  const pressed = digits === undefined ? "" : `pressed ${digits} `;
  return `Acknowledged by phone by ${by} (${pressed}at ${acknowledgedAt.toISOString()}, call ${callLogId})`;
}
