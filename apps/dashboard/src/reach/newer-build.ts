/** The build for which this tab has loaded itself again, so that it does so once for each. */
const KEY = "call-log.loaded-again-for";

/**
 * Load the page again when the server has a newer build than this page is of, whose files it may not have any more; once for each build,
 * so that servers of two builds behind one address send nobody round in circles. False when the page stays.
 */
export async function followNewerBuild(): Promise<boolean> {
  const entry = await entryOfServer();
  if (entry === undefined || entry === entryOfPage()) return false;
  if (sessionStorage.getItem(KEY) === entry) return false;
  sessionStorage.setItem(KEY, entry);
  location.reload();
  return true;
}

function entryOfPage(): string | null | undefined {
  return document.querySelector('script[type="module"][src]')?.getAttribute("src");
}

async function entryOfServer(): Promise<string | undefined> {
  try {
    const response = await fetch("/", { cache: "no-store" });
    if (!response.ok) return undefined;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return page.querySelector('script[type="module"][src]')?.getAttribute("src") ?? undefined;
  } catch {
    // A server that can't be reached has no newer build to offer.
    return undefined;
  }
}
