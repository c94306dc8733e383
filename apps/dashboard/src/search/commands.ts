import type { Operation } from "@call-log/model";

import { t } from "../language/translate.ts";
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
  /** Offered only while something is paused that this key may resume. */
  isForPause?: true;
}

/** Everything that can be opened by name, in the order of the list. */
export const COMMANDS: readonly Command[] = [
  { label: t("Place a call"), words: t("dial new ring phone"), path: "/place", needs: "dispatch" },
  { label: t("Calls"), words: t("log list"), path: "/", needs: "read" },
  {
    label: t("Pause project"),
    words: t("stop halt end all calls emergency"),
    path: "/system",
    needs: "administer",
  },
  {
    label: t("Resume calls"),
    words: t("continue start unpause"),
    path: "/system",
    needs: "administer",
    isForPause: true,
  },
  {
    label: t("Figures"),
    words: t("reach rate time to answer statistics"),
    path: "/figures",
    needs: "read",
  },
  { label: t("Costs"), words: t("money price spend month"), path: "/costs", needs: "read" },
  { label: t("Budget"), words: t("money limit cap balance"), path: "/costs", needs: "read" },
  {
    label: t("Health"),
    words: t("status system problems providers"),
    path: "/system",
    needs: "read",
  },
  { label: t("Refused requests"), words: t("dead letters queue"), path: "/refused", needs: "read" },
  {
    label: t("Webhooks"),
    words: t("events endpoints deliveries"),
    path: "/webhooks",
    needs: "read",
  },
  {
    label: t("Audit"),
    words: t("who did what trail history"),
    path: "/audit",
    needs: "administer",
  },
  {
    label: t("Settings"),
    words: t("project numbers countries"),
    path: "/settings",
    needs: "administer",
  },
  {
    label: t("API keys"),
    words: t("settings secrets rotate"),
    path: "/settings",
    needs: "administer",
  },
  {
    label: t("Alert sources"),
    words: t("incoming alerts monitoring"),
    path: "/alert-sources",
    needs: "administer",
  },
  { label: t("Quiet hours"), words: t("settings night"), path: "/settings", needs: "administer" },
  {
    label: t("Do-not-call list"),
    words: t("settings blocked"),
    path: "/settings",
    needs: "administer",
  },
  {
    label: t("Installation"),
    words: t("operator projects queues workers"),
    path: "/",
    needs: "operate",
  },
  { label: t("Audit"), words: t("who did what trail history"), path: "/audit", needs: "operate" },
  {
    label: t("Webhooks"),
    words: t("events endpoints deliveries"),
    path: "/webhooks",
    needs: "operate",
  },
  {
    label: t("Refused requests"),
    words: t("dead letters queue"),
    path: "/refused",
    needs: "operate",
  },
];

/** Commands for everybody, whatever the key is allowed. */
const FOR_ALL: readonly Omit<Command, "needs">[] = [
  { label: t("Your sessions"), words: t("sign out devices logins"), path: "/sessions" },
  { label: t("Keyboard shortcuts"), words: t("help keys") },
];

/** What decides which commands are offered. */
interface Offer extends Pick<Session, "may"> {
  /** Something is paused that this key may resume. */
  canResume: boolean;
}

/** The commands of which each word of a text begins a word; all that are offered for an empty text. */
export function commandsFor(text: string, { may, canResume }: Offer): Omit<Command, "needs">[] {
  const isOffered = ({ needs, isForPause }: Command) =>
    may.includes(needs) && (canResume || isForPause === undefined);
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  const allowed = [...COMMANDS.filter(isOffered), ...FOR_ALL];
  return allowed.filter(({ label, words }) => {
    const known = `${label} ${words}`.toLowerCase().split(/[\s-]+/);
    return wanted.every((word) => known.some((one) => one.startsWith(word)));
  });
}
