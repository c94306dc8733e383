import type { BackKind, BackToSource } from "@call-log/model";

import type { Acknowledgement } from "./acknowledgement.ts";
import { acknowledgeAtOneUptime, readAcknowledgedState } from "./oneuptime.ts";
import { acknowledgeAtPagerDuty } from "./pagerduty.ts";
import { silenceAlert } from "./silence.ts";
import { addressUnder, type SendRequest, type SourceAnswer } from "./source-request.ts";
import { sendTemplate } from "./template.ts";

/** Settings of one kind. */
type Settings<Kind extends BackKind> = Extract<BackToSource, { kind: Kind }>;

/** What informing a source takes, beside its settings. */
export interface Informing {
  acknowledgement: Acknowledgement;
  now: Date;
  send: SendRequest;
}

type Inform<Kind extends BackKind> = (
  settings: Settings<Kind>,
  informing: Informing,
) => Promise<SourceAnswer>;

/** How each kind of source is informed; the answer is that of the last request. */
const BACK_KINDS: { readonly [Kind in BackKind]: Inform<Kind> } = {
  alertmanager: ({ url, userName, secret, ...silence }, { acknowledgement, now, send }) =>
    silenceAlert(
      acknowledgement,
      { ...silence, base: url, headers: authorization(userName, secret), now },
      send,
    ),
  grafana: ({ url, secret, ...silence }, { acknowledgement, now, send }) =>
    silenceAlert(
      acknowledgement,
      {
        ...silence,
        base: addressUnder(url, "/api/alertmanager/grafana"),
        headers: authorization(undefined, secret),
        now,
      },
      send,
    ),
  pagerduty: ({ url, secret = "" }, { acknowledgement, send }) =>
    acknowledgeAtPagerDuty(acknowledgement, { url, routingKey: secret }, send),
  oneuptime: ({ url, secret = "", resource }, { acknowledgement, send }) =>
    acknowledgeAtOneUptime(acknowledgement, { url, apiKey: secret, resource }, send),
  template: ({ kind: _kind, ...template }, { acknowledgement, send }) =>
    sendTemplate(acknowledgement, template, send),
};

/** Inform the source of an alert. Rejects with a `NotPossibleError` when another try would not help, and with what `send` rejects with. */
export function informSource(settings: BackToSource, informing: Informing): Promise<SourceAnswer> {
  const inform = BACK_KINDS[settings.kind] as Inform<BackKind>;
  return inform(settings, informing);
}

/** How long the silence of a trial lasts, in seconds: the least that there is. */
const TRIAL_SECONDS = 60;

/**
 * Try settings as they would be used, without an alert: a silence of a minute that matches nothing, an acknowledgement of an unknown key, the
 * template with examples. At OneUptime, which knows no such incident, the states alone are read.
 */
export function trySource(
  settings: BackToSource,
  trial: { id: string; sourceName: string; now: Date; send: SendRequest },
): Promise<SourceAnswer> {
  const { id, sourceName, now, send } = trial;
  const acknowledgement: Acknowledgement = {
    callLogId: id,
    acknowledgedAt: now,
    digits: "4",
    by: "nobody, in a test of call-log",
    alert: {
      fingerprint: "call-log-test",
      labels: { call_log_test: id },
      title: "Test",
      sourceName,
    },
  };
  switch (settings.kind) {
    case "oneuptime":
      return readAcknowledgedState({ ...settings, apiKey: settings.secret ?? "" }, send);
    case "alertmanager":
    case "grafana":
      return informSource(
        { ...settings, durationSeconds: TRIAL_SECONDS },
        { acknowledgement, now, send },
      );
    case "pagerduty":
    case "template":
      return informSource(settings, { acknowledgement, now, send });
  }
}

function authorization(
  userName: string | undefined,
  secret: string | undefined,
): Record<string, string> {
  if (userName !== undefined) {
    const pair = Buffer.from(`${userName}:${secret ?? ""}`).toString("base64");
    return { authorization: `Basic ${pair}` };
  }
  return secret === undefined ? {} : { authorization: `Bearer ${secret}` };
}
