import type { SessionHolder } from "@call-log/store";
import { z } from "zod";

import { withStore } from "../../access/with-store.ts";
import { defineCommand } from "../../command.ts";
import { endSessions } from "./end-sessions.ts";

const WHOM = ["key", "person", "everybody"] as const;

/** `session end-all`: a key's, a person's or everybody's sessions are over, on every process within half a second. */
export const sessionEndAll = defineCommand({
  name: "session end-all",
  summary: "End all sessions of a key, of a person, or of everybody",
  declare: (command) =>
    command
      .option("--key <id>", "those that began with this key")
      .option("--person <who>", "those of the person of this subject or email address")
      .option("--everybody", "all of them"),
  options: z
    .strictObject({
      key: z.string().optional(),
      person: z.string().optional(),
      everybody: z.literal(true).optional(),
    })
    .refine((given) => WHOM.filter((name) => given[name] !== undefined).length === 1, {
      path: ["everybody"],
      error: "give one of --key, --person and --everybody",
    }),
  run: (whom, context) =>
    withStore(context, async (store, acting) => {
      const sessions = await store.sessions.list();
      const meant = sessions.filter(({ holder }) => isMeant(holder, whom));
      const ids = meant.map(({ id }) => id);
      const count = await endSessions({ store, acting }, ids);
      return { json: { ended: count }, text: `${count} sessions ended` };
    }),
});

function isMeant(
  holder: SessionHolder,
  {
    key,
    person,
    everybody,
  }: { key?: string | undefined; person?: string | undefined; everybody?: true | undefined },
): boolean {
  if (everybody) return true;
  if (holder.kind === "key") return holder.keyId === key;
  return person !== undefined && [holder.subject, holder.email].includes(person);
}
