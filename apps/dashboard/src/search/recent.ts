import type { Session } from "../session/session.ts";

/** What this browser remembers of a person's searches in a project. */
type Kind = "searches" | "opened-calls";

/** Remembered entries of each kind. */
const MOST = 5;
const PREFIX = "call-log.recent.";

function keyOf({ project }: Pick<Session, "project">, kind: Kind): string {
  return `${PREFIX}${kind}.${project?._id ?? "installation"}`;
}

/** The remembered entries, the latest first. */
export function recent(session: Pick<Session, "project">, kind: Kind): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(session, kind)) ?? "[]");
    return Array.isArray(stored) ? stored.filter((one) => typeof one === "string") : [];
  } catch {
    // Not JSON: nothing of ours.
    return [];
  }
}

/** Remembers an entry as the latest. What a key with masked access searches is personal and is not remembered. */
export function remember(
  session: Pick<Session, "project" | "may">,
  kind: Kind,
  entry: string,
): void {
  if (kind === "searches" && !session.may.includes("see-numbers")) return;
  const others = recent(session, kind).filter((one) => one !== entry);
  localStorage.setItem(keyOf(session, kind), JSON.stringify([entry, ...others].slice(0, MOST)));
}

/** Forgets all of it, for the next person at this browser. */
export function forgetRecent(): void {
  for (const key of Object.keys(localStorage))
    if (key.startsWith(PREFIX)) localStorage.removeItem(key);
}
