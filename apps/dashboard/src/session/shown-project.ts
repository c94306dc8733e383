/** Header with the project that a page shows; the server refuses requests for another one. */
const HEADER = "x-call-log-project";

let shown: string | undefined;

/** Sets the project that this page shows; null for the installation. Pages of a project that another window has left reload. */
export function showProject(projectId: string | null): void {
  const next = projectId ?? "installation";
  if (shown !== undefined && shown !== next) location.assign("/");
  shown = next;
}

/** Clears it after sign-out. */
export function showNothing(): void {
  shown = undefined;
}

/** Headers of every request of this page. */
export function shownHeaders(): Record<string, string> {
  return shown === undefined ? {} : { [HEADER]: shown };
}
