import { cutText } from "../value/cut-text.ts";
import type { AlertSourceKind } from "./alert-source-kind.ts";

/** Whether an alert is going on, somebody has taken it at the source, or it is over. */
export type AlertStatus = "firing" | "acknowledged" | "resolved";

/** One alert of a notification, whatever program sent it; texts as they came. */
export interface Alert {
  /** Names the alert at its source: the same one each time that it fires. */
  fingerprint: string;
  status: AlertStatus;
  title: string;
  /** What it says beside its title; may be empty. */
  text: string;
  severity?: string | undefined;
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  /** When this firing began; absent where the source does not say. */
  startsAt?: Date | undefined;
  /** When it ended, of one that has. */
  endsAt?: Date | undefined;
  /** Page about the alert. */
  url?: string | undefined;
  /** Nothing relates it to another one, such as that of a button "Test": each is a new one, within a minute the same. */
  isAlwaysNew?: boolean | undefined;
  /** The part of the body that it was read from, for JSON pointers. */
  document: unknown;
}

/** Why a part of a notification can't be read. */
export interface UnreadAlert {
  /** Where it is in the body, such as `alerts[2].labels`. */
  path: string;
  reason: string;
}

/** What was read of a notification. */
export interface AlertBody {
  alerts: (Alert | UnreadAlert)[];
  /** Names the group at its source; absent where there are no groups. */
  groupKey?: string | undefined;
  /** Labels that all alerts of the group share. */
  groupLabels?: Readonly<Record<string, string>> | undefined;
  /** Base address of the program that sent it, such as Alertmanager's own. */
  sourceUrl?: string | undefined;
  /** How many alerts the source itself left out of the body. */
  truncated?: number | undefined;
}

/** True for a part of a notification that can't be read. */
export function isUnread(alert: Alert | UnreadAlert): alert is UnreadAlert {
  return "reason" in alert;
}

/** What a call keeps of the alert that it was placed for. Internal: no API shows it but `alertSources.ofCall`. */
export interface AlertOrigin {
  sourceId: string;
  sourceName: string;
  kind: AlertSourceKind;
  /** Names source and alert together, to find the calls of an alert. */
  key: string;
  /** Of the alert, or of the group that the call is about. */
  fingerprint: string;
  title: string;
  severity?: string | undefined;
  /** Of the alert, or those that the group's alerts share. A list, since a name may have any character. */
  labels: { name: string; value: string }[];
  startsAt?: Date | undefined;
  url?: string | undefined;
  sourceUrl?: string | undefined;
  groupKey?: string | undefined;
  /** How many alerts the call is about. */
  count: number;
  /** When the source said that it is over. */
  resolvedAt?: Date | undefined;
  /** Since when no attempt follows, because the alert was resolved or acknowledged at the source. */
  stoppedAt?: Date | undefined;
}

/** Most characters of each text of an `AlertOrigin`, and most of its labels. */
export const ALERT_ORIGIN_LIMITS = { text: 500, url: 2000, labels: 64, label: 200 } as const;

/** The alert of a call, in the size that a call log may have, without what is missing. */
export function boundedOrigin(origin: AlertOrigin): AlertOrigin {
  const { text, labels: most, label } = ALERT_ORIGIN_LIMITS;
  const { severity, url, sourceUrl, groupKey, startsAt } = origin;
  const { sourceId, sourceName, kind, key, count } = origin;
  const labels = origin.labels
    .filter(({ name }) => name.length <= label)
    .slice(0, most)
    .map(({ name, value }) => ({ name, value: cutText(value, label) }));
  return {
    sourceId,
    sourceName,
    kind,
    key,
    count,
    labels,
    fingerprint: cutText(origin.fingerprint, text),
    title: cutText(origin.title, text),
    ...(severity && { severity: cutText(severity, label) }),
    ...(startsAt && { startsAt }),
    ...(isShort(url) && { url }),
    ...(isShort(sourceUrl) && { sourceUrl }),
    ...(groupKey && { groupKey: cutText(groupKey, text) }),
  };
}

// A cut address leads nowhere.
function isShort(url: string | undefined): boolean {
  return url !== undefined && url !== "" && url.length <= ALERT_ORIGIN_LIMITS.url;
}
