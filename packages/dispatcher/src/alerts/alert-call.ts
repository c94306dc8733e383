import {
  type Alert,
  type AlertBody,
  type AlertOrigin,
  type AlertSource,
  boundedOrigin,
  type CallRequestInput,
  cutText,
  renderTemplate,
  type TemplateData,
} from "@call-log/model";

/** What a call is about: an alert, or several of one notification. */
export interface AlertSubject {
  /** At least one. */
  alerts: readonly Alert[];
  /** Of the alert, or of the group. */
  fingerprint: string;
  key: string;
  body: Omit<AlertBody, "alerts">;
}

const MAX_TITLES = 5;
const MINUTE_MS = 60_000;

/** Whom an alert calls, by its label or else the number of the rule. */
export function calleeOf({ rule }: Pick<AlertSource, "rule">, { labels }: Alert): string {
  const { to, toByLabel } = rule;
  if (toByLabel === undefined || !Object.hasOwn(labels, toByLabel.label)) return to;
  const value = labels[toByLabel.label]?.trim().toLowerCase();
  return toByLabel.numbers.find(({ is }) => is.trim().toLowerCase() === value)?.to ?? to;
}

/** The call request for alerts, as JSON. */
export function requestFor(
  source: AlertSource,
  subject: AlertSubject,
  call: { toNumber: string; idempotencyKey: string; now: Date },
): CallRequestInput {
  const { rule, kind, name } = source;
  const { toNumber, idempotencyKey, now } = call;
  const { reachedWhen, onUnknown, sensitive, deadlineMinutes } = rule;
  const spoken = spokenText(source, subject);
  return {
    toNumber,
    idempotencyKey,
    reachedWhen,
    onUnknown,
    sensitive,
    say: reachedWhen === "acknowledged" ? [question(source, spoken)] : spoken,
    sayIfEmpty: `An alert from ${name} without a text.`,
    retry: rule.retry,
    tags: [...new Set([kind, cutText(name, 64), ...rule.tags])],
    ...(rule.language !== undefined && { language: rule.language }),
    ...(rule.voice !== undefined && { voice: rule.voice }),
    ...(rule.fromNumber !== undefined && { fromNumber: rule.fromNumber }),
    ...(rule.priority !== undefined && { priority: rule.priority }),
    ...(rule.timeZone !== undefined && { timeZone: rule.timeZone }),
    ...(rule.timeLimitSeconds !== undefined && { timeLimitSeconds: rule.timeLimitSeconds }),
    ...(rule.ringTimeoutSeconds !== undefined && { ringTimeoutSeconds: rule.ringTimeoutSeconds }),
    ...(deadlineMinutes !== undefined && {
      deadlineAt: new Date(now.getTime() + deadlineMinutes * MINUTE_MS).toISOString(),
    }),
  };
}

function question({ rule }: AlertSource, spoken: string) {
  const { acknowledgeDigit, acknowledgePrompt, acknowledgedText } = rule;
  return {
    gather: {
      say: `${ended(spoken)} ${acknowledgePrompt}`,
      on: { [acknowledgeDigit]: { acknowledge: true, say: acknowledgedText } },
      onSilence: { repeat: 1 },
    },
  };
}

/** What a call keeps of its alerts. Of a sensitive call not their title, which is spoken. */
export function originOf(
  { _id: sourceId, name: sourceName, kind, rule }: AlertSource,
  { alerts, fingerprint, key, body }: AlertSubject,
): AlertOrigin {
  const [first] = alerts;
  const { groupKey, groupLabels, sourceUrl } = body;
  const labels = alerts.length === 1 ? first?.labels : groupLabels;
  return boundedOrigin({
    sourceId,
    sourceName,
    kind,
    key,
    fingerprint,
    groupKey,
    sourceUrl,
    title: rule.sensitive ? "" : (first?.title ?? ""),
    severity: first?.severity,
    labels: Object.entries(labels ?? {}).map(([name, value]) => ({ name, value })),
    startsAt: first?.startsAt,
    url: first?.url,
    count: alerts.length,
  });
}

function spokenText({ rule, name }: AlertSource, { alerts }: AlertSubject): string {
  const [first] = alerts;
  const template = alerts.length > 1 ? rule.groupText : rule.text;
  if (first === undefined) return "";
  return renderTemplate(template, dataOf(name, first, alerts)).replace(/[.\s]+$/, "");
}

function dataOf(source: string, first: Alert, alerts: readonly Alert[]): TemplateData {
  const { title, text, severity = "", status, startsAt, url = "", labels, annotations } = first;
  const titles = [...new Set(alerts.map((alert) => alert.title))];
  const more = titles.length > MAX_TITLES ? ` and ${titles.length - MAX_TITLES} more` : "";
  return {
    values: {
      severity,
      status,
      url,
      labels,
      annotations,
      source,
      title: title.replace(/[.\s]+$/, ""),
      text: text === title ? "" : text,
      startsAt: startsAt?.toISOString() ?? "",
      count: String(alerts.length),
      titles: `${titles.slice(0, MAX_TITLES).join("; ")}${more}`,
    },
    document: first.document,
  };
}

function ended(text: string): string {
  return text === "" || /[.!?]$/.test(text) ? text : `${text}.`;
}
