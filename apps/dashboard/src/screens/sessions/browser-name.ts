import { t } from "../../language/translate.ts";

// Each browser also claims to be others; the first match counts.
const BROWSERS = [
  ["Edg/", "Edge"],
  ["OPR/", "Opera"],
  ["Firefox/", "Firefox"],
  ["Chrome/", "Chrome"],
  ["Safari/", "Safari"],
  ["curl/", "curl"],
] as const;

const SYSTEMS = [
  ["Android", "Android"],
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Windows", "Windows"],
  ["Mac OS", "macOS"],
  ["Linux", "Linux"],
] as const;

/** A browser as text, such as "Firefox on Windows", from its user agent. */
export function browserName(userAgent: string | null): string {
  const browser = BROWSERS.find(([mark]) => userAgent?.includes(mark))?.[1] ?? t("A browser");
  const system = SYSTEMS.find(([mark]) => userAgent?.includes(mark))?.[1];
  return system === undefined ? browser : t("{browser} on {system}", { browser, system });
}
