import { z } from "zod";

/** Who can act: how each kind is named before its name in a sentence. */
export const ACTOR_KINDS = {
  key: "key",
  person: "",
  "command-line": "command line of",
  queue: "the queue",
  system: "call-log",
  unknown: "an unknown caller",
} as const satisfies Record<string, string>;

/** What kind of actor it is. */
export type ActorKind = keyof typeof ACTOR_KINDS;

const actorKinds = Object.keys(ACTOR_KINDS) as [ActorKind, ...ActorKind[]];

/**
 * Who acts: a key (id, name), a person (subject, name, email), the command line (user of the operating system), the
 * queue, or call-log itself.
 */
export const actor = z.object({
  kind: z.enum(actorKinds),
  id: z.string().optional().meta({
    description: "Id of the key, subject of the person, user of the operating system",
  }),
  name: z.string().optional().meta({ description: "Name of the key or person" }),
  email: z.string().optional().meta({ description: "Of a person" }),
});

/** Who acts. */
export type Actor = z.output<typeof actor>;

/** Who acts, from which address, and under which request. */
export interface Acting {
  actor: Actor;
  /** IP address of the caller. */
  address?: string;
  requestId?: string;
  /** True for an operator of the installation: acts on a project are recorded in both trails. */
  isOperator?: boolean;
}

/** Acts that nobody asked for. */
export const SYSTEM_ACTING: Acting = { actor: { kind: "system" } };

/** The actor in words: `key Paging service`, `Ada Lovelace`, `command line of root`. */
export function actorText({ kind, id, name, email }: Actor): string {
  return [ACTOR_KINDS[kind], name ?? email ?? id].filter(Boolean).join(" ");
}
