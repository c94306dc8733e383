import type { Session } from "@call-log/store";
import { z } from "zod";

import { withStore } from "../../access/with-store.ts";
import { defineCommand } from "../../command.ts";
import { shownTime, tableText } from "../../output/table.ts";

/** `session list`: who is signed in to the dashboard, newest first. */
export const sessionList = defineCommand({
  name: "session list",
  summary: "List who is signed in to the dashboard",
  declare: () => {},
  options: z.strictObject({}),
  run: (_, context) =>
    withStore(context, async (store) => {
      const sessions = await store.sessions.list();
      const text = tableText(sessions, {
        ID: ({ id }) => id,
        WHO: holderText,
        PROJECT: ({ projectId = "-" }) => projectId,
        SINCE: ({ createdAt }) => shownTime(createdAt),
        SEEN: ({ lastSeenAt }) => shownTime(lastSeenAt),
        FROM: ({ address = "-" }) => address,
      });
      return { json: sessions, text: sessions.length === 0 ? "nobody is signed in" : text };
    }),
});

function holderText({ holder }: Session): string {
  if (holder.kind === "key") return `key ${holder.keyId}`;
  return [holder.name, holder.email, holder.subject].filter(Boolean).join(" ");
}
