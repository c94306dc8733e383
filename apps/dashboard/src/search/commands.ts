import type { Operation } from "@call-log/model";

import type { Session } from "../session/session.ts";

/** A screen or an act that the search finds by its name. */
export interface Command {
  label: string;
  /** Other words for it. */
  words: string;
  /** Address of its screen; without one it shows the keyboard shortcuts. */
  path?: string;
  /** What the key must be allowed. */
  needs: Operation;
}

/** Everything that can be opened by name, in the order of the list. */
export const COMMANDS: readonly Command[] = [
  { label: "Place a call", words: "dial new ring phone", path: "/place", needs: "dispatch" },
  { label: "Calls", words: "log list", path: "/", needs: "read" },
  {
    label: "Stop all calls",
    words: "pause halt end emergency",
    path: "/system",
    needs: "administer",
  },
  { label: "Resume calls", words: "continue start unpause", path: "/system", needs: "administer" },
  { label: "Costs", words: "money price spend month", path: "/costs", needs: "read" },
  { label: "Budget", words: "money limit cap balance", path: "/costs", needs: "read" },
  { label: "Health", words: "status system problems providers", path: "/system", needs: "read" },
  { label: "Refused requests", words: "dead letters queue", path: "/refused", needs: "read" },
  { label: "Webhooks", words: "events endpoints deliveries", path: "/webhooks", needs: "read" },
  { label: "Audit", words: "who did what trail history", path: "/audit", needs: "administer" },
  { label: "Settings", words: "project numbers countries", path: "/settings", needs: "administer" },
  { label: "API keys", words: "settings secrets rotate", path: "/settings", needs: "administer" },
  { label: "Quiet hours", words: "settings night", path: "/settings", needs: "administer" },
  { label: "Do-not-call list", words: "settings blocked", path: "/settings", needs: "administer" },
  { label: "Installation", words: "operator projects queues workers", path: "/", needs: "operate" },
  { label: "Audit", words: "who did what trail history", path: "/audit", needs: "operate" },
  { label: "Webhooks", words: "events endpoints deliveries", path: "/webhooks", needs: "operate" },
  { label: "Refused requests", words: "dead letters queue", path: "/refused", needs: "operate" },
];

/** Commands for everybody, whatever the key is allowed. */
const FOR_ALL: readonly Omit<Command, "needs">[] = [
  { label: "Your sessions", words: "sign out devices logins", path: "/sessions" },
  { label: "Keyboard shortcuts", words: "help keys" },
];

/** The commands of which each word of a text begins a word; all that are allowed for an empty text. */
export function commandsFor(text: string, { may }: Pick<Session, "may">): Omit<Command, "needs">[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  const allowed = [...COMMANDS.filter(({ needs }) => may.includes(needs)), ...FOR_ALL];
  return allowed.filter(({ label, words }) => {
    const known = `${label} ${words}`.toLowerCase().split(/[\s-]+/);
    return wanted.every((word) => known.some((one) => one.startsWith(word)));
  });
}
