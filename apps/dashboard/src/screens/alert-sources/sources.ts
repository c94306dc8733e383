import { ALERT_SOURCE_KINDS, type AlertSourceKind } from "@call-log/model";

import type { Outputs } from "../../api.ts";

/** An alert source, as the server returns it. */
export type Source = Outputs["alertSources"]["get"];

/** A source with its token, which the server returns once. */
export type SourceWithToken = Outputs["alertSources"]["create"];

/** A notification of a source, as the server lists it. */
export type Notification = Outputs["alertSources"]["recent"]["deliveries"][number];

/** Query key of alert sources and what they sent, which an act refetches. */
export const ALERT_SOURCES = ["alert-sources"] as const;

const REPOSITORY = "https://github.com/call-log/call-log/blob/main/";

/** Address of the guide for sources of a kind. */
export function guideAddress(kind: AlertSourceKind): string {
  return REPOSITORY + ALERT_SOURCE_KINDS[kind].guide;
}

/** Address of the table of calls with the calls of a source, by the tag that they carry; undefined for a name that no filter can hold. */
export function callsAddress({ name }: Pick<Source, "name">): string | undefined {
  // The filter separates tags by commas, and a tag has at most 64 characters.
  return name.includes(",") || name.length > 64 ? undefined : `/?tag=${encodeURIComponent(name)}`;
}
