// Each says that it is some of the others, too; the first that fits is the one.
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

/** A browser in words, such as "Firefox on Windows", from what it says of itself. */
export function browserName(userAgent: string | null): string {
  const browser = BROWSERS.find(([mark]) => userAgent?.includes(mark))?.[1] ?? "A browser";
  const system = SYSTEMS.find(([mark]) => userAgent?.includes(mark))?.[1];
  return system === undefined ? browser : `${browser} on ${system}`;
}
