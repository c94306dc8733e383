/** The build for which this tab has reloaded, so that it reloads once per build. */
const KEY = "call-log.loaded-again-for";

/**
 * Reload the page when the server has a newer build, which may lack this page's files; once per build,
 * so that servers of two builds behind one address cause no reload loop. False when the page stays.
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
    // An unreachable server offers no newer build.
    return undefined;
  }
}
