import type { ActName, AuditLine } from "@call-log/model";

import { tIn } from "../language/translate.ts";

/** Every act of the audit trail. */
const TITLES: Readonly<Record<ActName, () => string>> = {
  "calls.dispatch-many": () => tIn("act", "Calls dispatched"),
  "calls.cancel": () => tIn("act", "Call canceled"),
  "calls.end-running": () => tIn("act", "Running calls ended"),
  "calls.call-now": () => tIn("act", "Called now"),
  "calls.retry": () => tIn("act", "Called again"),
  "calls.resolve": () => tIn("act", "Unknown call resolved"),
  "calls.import": () => tIn("act", "Call logs imported"),
  "calls.export": () => tIn("act", "Call logs exported"),
  "dead-letter.replay": () => tIn("act", "Refused request replayed"),
  "dead-letter.drop": () => tIn("act", "Refused request dropped"),
  "project.create": () => tIn("act", "Project created"),
  "project.update": () => tIn("act", "Settings changed"),
  "project.pause": () => tIn("act", "Project paused"),
  "project.resume": () => tIn("act", "Project resumed"),
  "provider.pause": () => tIn("act", "Provider paused"),
  "provider.resume": () => tIn("act", "Provider resumed"),
  "worker.drain": () => tIn("act", "Worker drained"),
  "worker.resume": () => tIn("act", "Worker resumed"),
  "number.lend": () => tIn("act", "Number lent"),
  "number.take-back": () => tIn("act", "Number taken back"),
  "key.create": () => tIn("act", "Key created"),
  "key.rotate": () => tIn("act", "Key rotated"),
  "key.revoke": () => tIn("act", "Key revoked"),
  "alert-source.create": () => tIn("act", "Alert source created"),
  "alert-source.update": () => tIn("act", "Alert source changed"),
  "alert-source.rotate-token": () => tIn("act", "Token of an alert source rotated"),
  "alert-source.delete": () => tIn("act", "Alert source deleted"),
  "saved-view.create": () => tIn("act", "View shared"),
  "saved-view.delete": () => tIn("act", "Shared view deleted"),
  "do-not-call.add": () => tIn("act", "Number blocked"),
  "do-not-call.remove": () => tIn("act", "Number unblocked"),
  "webhook.create": () => tIn("act", "Webhook created"),
  "webhook.update": () => tIn("act", "Webhook changed"),
  "webhook.delete": () => tIn("act", "Webhook deleted"),
  "webhook.rotate-secret": () => tIn("act", "Webhook secret rotated"),
  "webhook.show-secret": () => tIn("act", "Webhook secret shown"),
  "webhook.disable": () => tIn("act", "Webhook disabled"),
  "webhook.resend": () => tIn("act", "Webhook sent again"),
  "webhook.replay": () => tIn("act", "Webhooks replayed"),
  "installation.restore": () => tIn("act", "Database restored"),
  "session.begin": () => tIn("act", "Signed in"),
  "session.refuse": () => tIn("act", "Sign-in refused"),
  "session.end": () => tIn("act", "Signed out"),
};

/** How an act ended. */
const RESULTS: Readonly<Record<AuditLine["result"], () => string>> = {
  done: () => tIn("result", "done"),
  refused: () => tIn("result", "refused"),
  interrupted: () => tIn("result", "interrupted"),
};

/** An act of the audit trail in the active language; one of another release stays as it is. */
export function actTitle(act: string): string {
  return Object.hasOwn(TITLES, act) ? TITLES[act as ActName]() : act;
}

/** How an act ended, in the active language. */
export function resultName(result: AuditLine["result"]): string {
  return RESULTS[result]();
}
