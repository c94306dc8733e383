import type { Actor, ActorKind } from "@call-log/model";

import { t, tIn } from "../language/translate.ts";

type Named = Readonly<{ name: string }>;

/** Who acted, by the kind of actor. */
const NAMES: Readonly<Record<ActorKind, (named: Named) => string>> = {
  key: (named) => tIn("actor", "key {name}", named),
  person: ({ name }) => name || t("a person"),
  "command-line": (named) => tIn("actor", "command line of {name}", named),
  queue: () => tIn("actor", "the queue"),
  system: () => "call-log",
  unknown: () => tIn("actor", "an unknown caller"),
};

/** By whom something was done, by the kind of actor. */
const BY: Readonly<Record<ActorKind, (named: Named) => string>> = {
  key: (named) => tIn("actor", "by key {name}", named),
  person: (named) =>
    named.name === "" ? tIn("actor", "by a person") : tIn("actor", "by {name}", named),
  "command-line": (named) => tIn("actor", "by command line of {name}", named),
  queue: () => tIn("actor", "by the queue"),
  system: () => tIn("actor", "by call-log"),
  unknown: () => tIn("actor", "by an unknown caller"),
};

/** Who acted, in the active language: `key Paging service`, `Ada Lovelace`. */
export function actorName(actor: Actor): string {
  return named(NAMES, actor);
}

/** By whom it was done, in the active language: `by key Paging service`. */
export function byActor(actor: Actor): string {
  return named(BY, actor);
}

/** Kinds whose words have the name inside; behind the words of the others it stands alone. */
const NAMED_INSIDE: readonly ActorKind[] = ["key", "person", "command-line"];

function named(words: typeof NAMES, { kind, name, email, id }: Actor): string {
  const known = name ?? email ?? id ?? "";
  const text = words[kind]({ name: known });
  return (NAMED_INSIDE.includes(kind) ? text : `${text} ${known}`).trim();
}
