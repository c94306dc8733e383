import type { Acting } from "@call-log/model";
import type { Store } from "@call-log/store";

/** A few seconds' work; without its end by then the line says that it was interrupted. */
const GIVE_UP_AFTER_MS = 600_000;

/** End sessions with one line in the audit trail; how many there were. */
export async function endSessions(
  { store, acting }: { store: Pick<Store, "audit" | "sessions">; acting: Acting },
  ids: readonly string[],
): Promise<number> {
  if (ids.length === 0) return 0;
  const act = { act: "session.end", acting } as const;
  const begun = await store.audit.begin(act, { giveUpAfterMs: GIVE_UP_AFTER_MS });
  const ended = await Promise.all(ids.map((id) => store.sessions.end(id)));
  const sessions = ended.filter(Boolean).length;
  await (sessions === 0 ? begun.discard() : begun.complete({ sessions }));
  return sessions;
}
