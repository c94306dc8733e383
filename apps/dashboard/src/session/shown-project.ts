/** Header that says which project a page shows; the server refuses what is asked of another one. */
const HEADER = "x-call-log-project";

let shown: string | undefined;

/** Say which project this page shows; null for the installation. A page of a project that another window has left loads again. */
export function showProject(projectId: string | null): void {
  const next = projectId ?? "installation";
  if (shown !== undefined && shown !== next) location.assign("/");
  shown = next;
}

/** Nobody is signed in here any more. */
export function showNothing(): void {
  shown = undefined;
}

/** The header of every request of this page. */
export function shownHeaders(): Record<string, string> {
  return shown === undefined ? {} : { [HEADER]: shown };
}
