/** Keeps the page and its files in the browser, so that the dashboard opens on a bad line; only over https and on this machine. */
export function keepShell(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  // Browsers refuse it in private windows; the dashboard works without it.
  navigator.serviceWorker.register("/shell-worker.js").catch(() => undefined);
}
