import { placeName } from "./on-moment.ts";
import { ZONE } from "./time.ts";

/** A zone with its offset at a time: "Europe/Berlin (UTC+1)". */
export function zoneText(zone: string = ZONE, at: Date = new Date()): string {
  const offset = offsetOf(zone, at);
  return zone === "UTC" || zone === offset ? zone : `${zone} (${offset})`;
}

/** The same where there is little room: "Berlin (UTC+1)". */
export function shortZoneText(zone: string = ZONE, at: Date = new Date()): string {
  return zoneText(zone, at).replace(zone, placeName(zone));
}

function offsetOf(zone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "shortOffset" });
  const name = parts.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
  return name.replace("GMT", "UTC");
}
