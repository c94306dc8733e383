import type { AlertOrigin, AlertSource, Wire } from "@call-log/model";
import type { AlertSourceInfo } from "@call-log/store";

/** An alert source as it is answered; times are ISO text, and its token is never among it. */
export type AlertSourceView = Wire<Omit<AlertSourceInfo, "mapping" | "back">> & {
  /** Path of its address, without the token. */
  path: string;
  mapping: Wire<NonNullable<AlertSource["mapping"]>> | null;
  /** How it is informed of acknowledgements, without the secret. */
  back: Wire<NonNullable<AlertSource["back"]>> | null;
};

/** A source with its token, as it is answered once. */
export interface AlertSourceWithToken {
  source: AlertSourceView;
  token: string;
  /** Path that the source is to post to, with the token. */
  path: string;
}

/** The alert of a call, as it is answered. */
export type AlertOfCallView = Wire<
  Pick<AlertOrigin, "sourceId" | "sourceName" | "kind" | "fingerprint" | "title" | "count">
> & {
  severity: string | null;
  labels: { name: string; value: string }[];
  startsAt: string | null;
  resolvedAt: string | null;
  url: string | null;
};

/** Path that notifications of a source are posted to. */
export function pathOf({ kind }: Pick<AlertSource, "kind">, token: string): string {
  return `/in/${kind}/${token}`;
}

/** A source as it is answered. */
export function presentSource(source: AlertSourceInfo): AlertSourceView {
  const {
    mapping = null,
    back = null,
    ...rest
  } = JSON.parse(JSON.stringify(source)) as Wire<AlertSourceInfo>;
  return { ...rest, mapping, back, path: pathOf(source, "<token>") };
}

/** A source with its token. */
export function presentWithToken({
  source,
  token,
}: {
  source: AlertSourceInfo;
  token: string;
}): AlertSourceWithToken {
  return { source: presentSource(source), token, path: pathOf(source, token) };
}

/** The alert of a call, without what a sensitive call keeps to itself. */
export function presentAlert(origin: AlertOrigin, isSensitive: boolean): AlertOfCallView {
  const { sourceId, sourceName, kind, fingerprint, count, title, labels } = origin;
  return {
    sourceId,
    sourceName,
    kind,
    fingerprint,
    count,
    title: isSensitive ? "" : title,
    severity: origin.severity ?? null,
    labels: isSensitive ? [] : labels,
    startsAt: origin.startsAt?.toISOString() ?? null,
    resolvedAt: origin.resolvedAt?.toISOString() ?? null,
    url: origin.url ?? null,
  };
}
