import { offlineAnswer } from "./offline-answer.ts";

declare const self: ServiceWorkerGlobalScope;

// The dashboard opens on a bad line: its page and files are kept in the browser, the data of calls never is.

const CACHE = "call-log-shell";
/** Every screen is this one page. */
const PAGE = "/";
/** How long the network may take for a page before the kept one is shown, in milliseconds. */
const PATIENCE_MS = 3000;
/** Most files that are kept: those of a few builds. */
const MOST_FILES = 300;

self.addEventListener("install", (event) => {
  void self.skipWaiting();
  event.waitUntil(keepPage());
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const kind = offlineAnswer({ method, mode, url: new URL(url), origin: self.location.origin });
  if (kind === "page") event.respondWith(page(event));
  if (kind === "asset") event.respondWith(asset(event));
});

async function keepPage(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.add(new Request(PAGE, { cache: "no-cache" }));
}

/** The page from the network; the kept one where that takes too long or fails. */
async function page(event: FetchEvent): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(PAGE);
  const network = fetch(event.request).then(async (response) => {
    if (isShell(response)) await cache.put(PAGE, response.clone());
    return response;
  });
  if (kept === undefined) return network;
  event.waitUntil(network.catch(() => undefined));
  const late = new Promise<Response>((resolve) => setTimeout(resolve, PATIENCE_MS, kept));
  return Promise.race([network.catch(() => kept), late]).then((response) =>
    isGatewayError(response) ? kept : response,
  );
}

function isShell(response: Response): boolean {
  const isPage = response.headers.get("content-type")?.startsWith("text/html") ?? false;
  return response.status === 200 && !response.redirected && isPage;
}

/** A proxy whose server is away. */
function isGatewayError({ status }: Response): boolean {
  return status >= 502 && status <= 504;
}

/** A file whose name changes with its content: the kept one is right. */
async function asset(event: FetchEvent): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(event.request);
  if (kept !== undefined) return kept;
  const response = await fetch(event.request);
  if (response.status === 200) {
    await cache.put(event.request, response.clone());
    event.waitUntil(dropOldest(cache));
  }
  return response;
}

async function dropOldest(cache: Cache): Promise<void> {
  const keys = await cache.keys();
  const files = keys.filter(({ url }) => new URL(url).pathname !== PAGE);
  await Promise.all(files.slice(0, -MOST_FILES).map((key) => cache.delete(key)));
}
