const SERVERS = "Servers:";

/** Sections of the help, in its order; each with the first words of its commands. */
const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  [SERVERS]: ["start", "api", "worker"],
  "Calls:": [
    "dispatch",
    "list",
    "show",
    "tail",
    "cancel",
    "call-now",
    "retry",
    "resolve",
    "import",
    "export",
  ],
  "Projects and keys:": ["project", "key", "number", "do-not-call", "alert-sources"],
};

/** The section of commands that are in none of the others. */
export const OTHER_COMMANDS = "Operation:";

/** What a group of commands is about, by their first word. */
const SUMMARIES: Readonly<Record<string, string>> = {
  project: "Whose calls they are",
  provider: "Accounts at carriers: stop and resume them",
  number: "Which projects may call from which numbers",
  "do-not-call": "Numbers that a project must not call",
  key: "API keys of a project",
  "alert-sources": "Programs that send alerts, and whom they call",
  "dead-letter": "Call requests from the queue that were refused",
  webhooks: "Events that are sent to other software, and how that went",
  worker: "Workers: list, drain and resume them",
  session: "People who are signed in to the dashboard",
};

/** What the help says of a group of commands. */
export function groupSummary(word: string): string {
  return SUMMARIES[word] ?? "";
}

/** The section of the help that lists a command, by its first word; without servers, `worker` is a group of commands like others. */
export function helpSection(word: string, hasServers = true): string {
  const found = Object.entries(SECTIONS).find(
    ([section, words]) => words.includes(word) && (hasServers || section !== SERVERS),
  );
  return found?.[0] ?? OTHER_COMMANDS;
}

/** Commands in the order of the sections; those of one section keep their order. None of them is a server. */
export function inHelpOrder<C extends { name: string }>(commands: readonly C[]): C[] {
  const sections = [...Object.keys(SECTIONS), OTHER_COMMANDS];
  const place = ({ name }: C) => sections.indexOf(helpSection(name.split(" ")[0]!, false));
  return commands.toSorted((one, other) => place(one) - place(other));
}
