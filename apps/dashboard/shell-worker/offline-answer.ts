/** What the browser asks for, as far as the cache is concerned. */
export interface AskedFile {
  method: string;
  /** `navigate` for a page. */
  mode: string;
  url: URL;
  /** Origin of the dashboard. */
  origin: string;
}

/** Paths of pages that are not the dashboard's. */
const OTHER_PAGES =
  /^\/(api|docs|export|health|hooks|in|mcp|oidc|queues|session|trpc|version)(\/|$)/i;

/**
 * How a request is answered when the line is bad: `page` by the kept page of the dashboard, `asset` by a kept file. Undefined for
 * everything else: data of calls is never kept.
 */
export function offlineAnswer({
  method,
  mode,
  url,
  origin,
}: AskedFile): "page" | "asset" | undefined {
  if (method !== "GET" || url.origin !== origin) return undefined;
  if (mode === "navigate") return OTHER_PAGES.test(url.pathname) ? undefined : "page";
  return url.pathname.startsWith("/assets/") ? "asset" : undefined;
}
