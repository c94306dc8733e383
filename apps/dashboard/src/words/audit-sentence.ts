import type { ActName, AuditLine, FieldChange } from "@call-log/model";

import { t, tIn } from "../language/translate.ts";
import { actTitle } from "./act-words.ts";
import { actorName } from "./actor-words.ts";
import { changedParts } from "./changed-parts.ts";
import { fieldName } from "./field-words.ts";
import { isPhrase, NOTHING, recordedValue } from "./recorded-value.ts";

/** A line of the audit trail, as the server returns it. */
type Line = Pick<AuditLine, "act" | "actor" | "changes" | "facts" | "target">;

type Said = Readonly<Record<"who" | "what", string>>;

/** Who did what, for every act; what changed comes behind a colon. */
const SENTENCES: Readonly<Record<ActName, (said: Said) => string>> = {
  "calls.dispatch-many": (said) => tIn("audit", "{who} sent a batch of calls", said),
  "calls.cancel": (said) => tIn("audit", "{who} canceled a call", said),
  "calls.end-running": (said) => tIn("audit", "{who} ended the running calls", said),
  "calls.call-now": (said) => tIn("audit", "{who} had a waiting call dialled at once", said),
  "calls.retry": (said) => tIn("audit", "{who} called again", said),
  "calls.resolve": (said) => tIn("audit", "{who} decided about an unknown call", said),
  "calls.import": (said) => tIn("audit", "{who} imported call logs", said),
  "calls.export": (said) => tIn("audit", "{who} exported call logs", said),
  "dead-letter.replay": (said) => tIn("audit", "{who} replayed a refused request", said),
  "dead-letter.drop": (said) => tIn("audit", "{who} dropped a refused request", said),
  "project.create": (said) => tIn("audit", "{who} created the project {what}", said),
  "project.update": (said) => tIn("audit", "{who} changed the settings", said),
  "project.pause": (said) => tIn("audit", "{who} paused all calls of the project", said),
  "project.resume": (said) => tIn("audit", "{who} resumed the calls of the project", said),
  "provider.pause": (said) => tIn("audit", "{who} paused the provider {what}", said),
  "provider.resume": (said) => tIn("audit", "{who} resumed the provider {what}", said),
  "worker.drain": (said) => tIn("audit", "{who} drained the worker {what}", said),
  "worker.resume": (said) => tIn("audit", "{who} resumed the worker {what}", said),
  "number.lend": (said) => tIn("audit", "{who} lent the number {what}", said),
  "number.take-back": (said) => tIn("audit", "{who} took back the number {what}", said),
  "key.create": (said) => tIn("audit", "{who} created the key {what}", said),
  "key.rotate": (said) => tIn("audit", "{who} rotated the key {what}", said),
  "key.revoke": (said) => tIn("audit", "{who} revoked the key {what}", said),
  "alert-source.create": (said) => tIn("audit", "{who} created the alert source {what}", said),
  "alert-source.update": (said) => tIn("audit", "{who} changed the alert source {what}", said),
  "alert-source.rotate-token": (said) =>
    tIn("audit", "{who} rotated the token of the alert source {what}", said),
  "alert-source.delete": (said) => tIn("audit", "{who} deleted the alert source {what}", said),
  "saved-view.create": (said) => tIn("audit", "{who} shared the view {what}", said),
  "saved-view.delete": (said) => tIn("audit", "{who} deleted the shared view {what}", said),
  "do-not-call.add": (said) => tIn("audit", "{who} blocked the number {what}", said),
  "do-not-call.remove": (said) => tIn("audit", "{who} unblocked the number {what}", said),
  "webhook.create": (said) => tIn("audit", "{who} created the webhook {what}", said),
  "webhook.update": (said) => tIn("audit", "{who} changed the webhook {what}", said),
  "webhook.delete": (said) => tIn("audit", "{who} deleted the webhook {what}", said),
  "webhook.rotate-secret": (said) =>
    tIn("audit", "{who} rotated the secret of the webhook {what}", said),
  "webhook.show-secret": (said) =>
    tIn("audit", "{who} was shown the secret of the webhook {what}", said),
  "webhook.disable": (said) => tIn("audit", "{who} disabled the webhook {what}", said),
  "webhook.resend": (said) => tIn("audit", "{who} had a webhook sent again", said),
  "webhook.replay": (said) => tIn("audit", "{who} replayed the deliveries of a webhook", said),
  "installation.restore": (said) => tIn("audit", "{who} restored the database from a backup", said),
  "session.begin": (said) => tIn("audit", "{who} signed in", said),
  "session.refuse": (said) => tIn("audit", "{who} tried to sign in", said),
  "session.end": (said) => tIn("audit", "{who} signed out", said),
};

/** Fields that name what an act is done to, the best first. */
const NAMING = ["name", "description", "url"];

/** Characters of an id that are shown where a thing has no name: enough to tell it from others. */
const END_OF_ID = 6;

/** A line of the audit trail as a sentence: who did what to what, and each change from what to what. */
export function auditSentence(line: Line): string {
  const { act, actor, changes, facts = {} } = line;
  const naming = NAMING.find((name) => changes.some(({ field }) => field === name));
  const said = { who: upperFirst(actorName(actor)), what: nameOf(line, naming) };
  const did = Object.hasOwn(SENTENCES, act)
    ? SENTENCES[act](said)
    : `${said.who}: ${actTitle(act)}`;
  const details = [
    ...changes
      .filter((change) => change.field !== naming || isReplaced(change))
      .filter(({ field, to }) => !field.toLowerCase().includes("pause") || to !== undefined)
      .flatMap(changeInSentence)
      .filter((words) => words !== ""),
    ...Object.entries(facts)
      .filter(([name]) => !/Ids?$/.test(name))
      .map(([name, value]) => `${fieldName(name)} ${recordedValue(name, value)}`),
  ];
  if (details.length === 0) return t("{did}.", { did });
  return t("{did}: {details}.", { did, details: details.join("; ") });
}

function nameOf({ target, changes }: Line, naming: string | undefined): string {
  const change = changes.find(({ field }) => field === naming);
  const name = change && (change.from ?? change.to);
  if (typeof name === "string") return t("“{name}”", { name });
  if (target === undefined) return "";
  const isUuid = /^[\da-f]{8}-/.test(target.id);
  return isUuid ? `…${target.id.slice(-END_OF_ID)}` : target.id;
}

/** Most changes within one value that a sentence names. */
const MOST_PARTS = 3;

// A value that came or went is said as a whole, of one that was replaced what differs.
function changeInSentence(change: FieldChange): string[] {
  const parts = isReplaced(change) ? changedParts(change, isSaidWhole) : [change];
  const count = parts.length - MOST_PARTS;
  const more = t("{field}: {count, plural, one {# more change} other {# more changes}}", {
    field: fieldName(change.field),
    count,
  });
  return [...parts.slice(0, MOST_PARTS).map(changeInWords), ...(count > 0 ? [more] : [])];
}

function isSaidWhole(field: string, value: object): boolean {
  return Array.isArray(value) || isPhrase(field);
}

function isReplaced({ from, to }: FieldChange): boolean {
  return from !== undefined && to !== undefined;
}

function changeInWords({ field, from, to }: FieldChange): string {
  const values = {
    field: fieldName(field),
    from: recordedValue(field.split(".").at(-1)!, from),
    to: recordedValue(field.split(".").at(-1)!, to),
  };
  const [hadNone, hasNone] = [values.from === NOTHING, values.to === NOTHING];
  if (hadNone) return hasNone ? "" : `${values.field} ${values.to}`;
  return hasNone ? t("{field} no longer {from}", values) : t("{field} from {from} to {to}", values);
}

// Names of people stay as they write them.
function upperFirst(text: string): string {
  return text.startsWith("call-log") ? text : text.charAt(0).toUpperCase() + text.slice(1);
}
