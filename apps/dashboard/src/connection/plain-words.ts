import { t } from "../language/translate.ts";
import { issueWordsIn } from "../words/issue-words.ts";

/** What people call the properties that an error text names. */
const NAMES: Readonly<Record<string, string>> = {
  answeredBy: t("who answered"),
  attemptCount: t("the number of attempts"),
  callCostInUSDCents: t("the cost"),
  createdAt: t("the time"),
  deadlineAt: t("the latest time"),
  fromNumber: t("the from number"),
  incidentId: t("the incident"),
  scheduledAt: t("the earliest time"),
  statusMessage: t("the message"),
  toNumber: t("the called number"),
  userId: t("the user"),
};

const nameOf = (property: string) => NAMES[property] ?? property;

/** Texts that the server writes for programs, and how a person reads them; the first that fits is used. */
const REWORDINGS: readonly [RegExp, (...found: string[]) => string][] = [
  [
    /^The ApiKey sees call logs masked, so it may not search, sort or group by ([\w.]+)\..*$/s,
    (_, path) =>
      t("You see numbers, names and texts masked, so you cannot search, sort or group by {name}.", {
        name: nameOf(path ?? ""),
      }),
  ],
  [
    /^query(?:\.\$\w+|\.\d+)*\.([A-Za-z]+)(?:\.[\w$]+)*: (.+)$/s,
    (_, property, problem) =>
      t("A filter cannot be used: {name} {problem}.", {
        name: nameOf(property ?? ""),
        problem: problem ?? "",
      }),
  ],
  [/^The ApiKey may not do this\./, () => t("You may not do this.")],
  [/^The ApiKey\b/, () => t("Your key")],
];

/** A text of the server in words that need no knowledge of its API. */
export function plainWords(text: string): string {
  const [, place, issue] = /^([A-Za-z][\w.]*): (.+)$/s.exec(text) ?? [];
  const own = issue === undefined ? undefined : issueWordsIn(issue);
  if (place !== undefined && own !== undefined && own !== issue) return `${place}: ${own}`;
  const [pattern, words] = REWORDINGS.find(([known]) => known.test(text)) ?? [];
  const reworded = pattern === undefined ? text : text.replace(pattern, words!);
  return reworded.replaceAll(/\b(?:scheduledAt|deadlineAt)\b/g, nameOf);
}
