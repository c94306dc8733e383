import type {
  AlertSourceKind,
  backToSourceChange,
  BackKind,
  ShownBackToSource,
} from "@call-log/model";
import type { z } from "zod";

import { t } from "../../language/translate.ts";
import { listOf } from "./source-draft.ts";

/** How a source is informed, as the server takes it; null: it is not. */
export type BackInput = z.input<typeof backToSourceChange> | null;

/** Every way to inform a source, as the form names it. */
export const BACK_TITLES = {
  none: t("Nothing is sent"),
  alertmanager: t("Silence in Alertmanager"),
  grafana: t("Silence in Grafana"),
  pagerduty: t("Acknowledge at PagerDuty"),
  oneuptime: t("Acknowledge at OneUptime"),
  template: t("A request of your own form"),
} as const satisfies Record<BackKind | "none", string>;

/** What the secret of each kind is. */
export const SECRET_LABELS = {
  alertmanager: t("Password, or bearer token without a user name"),
  grafana: t("Token of a service account"),
  pagerduty: t("Integration key (routing key)"),
  oneuptime: t("API key"),
  template: t("Secret, for {placeholder}", { placeholder: "{{ secret }}" }),
} as const satisfies Record<BackKind, string>;

/** A header of the request. */
export interface HeaderDraft {
  id: number;
  name: string;
  value: string;
}

/** Values of the form; an empty text means absent. */
export interface BackDraft {
  kind: BackKind | "none";
  url: string;
  userName: string;
  /** Empty: the saved one stays. */
  secret: string;
  durationMinutes: number | string;
  matchLabels: string;
  resource: "incident" | "alert";
  method: "POST" | "PUT" | "PATCH";
  headers: HeaderDraft[];
  /** JSON. */
  body: string;
}

const SECONDS_PER_MINUTE = 60;

/** What a source of each kind is offered first. */
const FIRST_KIND: Readonly<Record<AlertSourceKind, BackKind>> = {
  alertmanager: "alertmanager",
  grafana: "grafana",
  pagerduty: "pagerduty",
  oneuptime: "oneuptime",
  "uptime-kuma": "template",
  zabbix: "template",
  json: "template",
};

/** Ways to inform a source of a kind: none, its own, then the others. */
export function backKindsFor(kind: AlertSourceKind): (BackKind | "none")[] {
  const first = FIRST_KIND[kind];
  const all = Object.keys(BACK_TITLES) as (BackKind | "none")[];
  return ["none", first, ...all.filter((one) => one !== "none" && one !== first)];
}

const EMPTY: BackDraft = {
  kind: "none",
  url: "",
  userName: "",
  secret: "",
  durationMinutes: 120,
  matchLabels: "",
  resource: "incident",
  method: "POST",
  headers: [],
  body: '{\n  "id": "{{ fingerprint }}",\n  "note": "{{ comment }}"\n}',
};

/** A form with the saved settings. */
export function backDraft(back: ShownBackToSource | null): BackDraft {
  if (back === null) return EMPTY;
  const { kind, url } = back;
  switch (kind) {
    case "alertmanager":
    case "grafana":
      return {
        ...EMPTY,
        kind,
        url,
        userName: ("userName" in back ? back.userName : undefined) ?? "",
        durationMinutes: back.durationSeconds / SECONDS_PER_MINUTE,
        matchLabels: (back.matchLabels ?? []).join(", "),
      };
    case "pagerduty":
      return { ...EMPTY, kind, url };
    case "oneuptime":
      return { ...EMPTY, kind, url, resource: back.resource };
    case "template": {
      const headers = Object.entries(back.headers);
      return {
        ...EMPTY,
        kind,
        url,
        method: back.method,
        headers: headers.map(([name, value], id) => ({ id, name, value })),
        body: JSON.stringify(back.body, null, 2),
      };
    }
  }
}

/** The input of a form. Throws a SyntaxError for a body that is no JSON. */
export function backInput(draft: BackDraft): BackInput {
  const { kind } = draft;
  const url = draft.url.trim();
  const secret = draft.secret.trim() === "" ? {} : { secret: draft.secret.trim() };
  switch (kind) {
    case "none":
      return null;
    case "alertmanager": {
      const userName = draft.userName.trim();
      return { kind, url, ...secret, ...silence(draft), ...(userName !== "" && { userName }) };
    }
    case "grafana":
      return { kind, url, ...secret, ...silence(draft) };
    case "pagerduty":
      return { kind, ...(url !== "" && { url }), ...secret };
    case "oneuptime":
      return { kind, ...(url !== "" && { url }), resource: draft.resource, ...secret };
    case "template":
      return {
        kind,
        url,
        method: draft.method,
        headers: Object.fromEntries(draft.headers.map(({ name, value }) => [name.trim(), value])),
        body: JSON.parse(draft.body) as Record<string, unknown>,
        ...secret,
      };
  }
}

function silence({ durationMinutes, matchLabels }: BackDraft) {
  const labels = listOf(matchLabels);
  return {
    ...(durationMinutes !== "" && {
      durationSeconds: Math.round(Number(durationMinutes) * SECONDS_PER_MINUTE),
    }),
    ...(labels.length > 0 && { matchLabels: labels }),
  };
}
