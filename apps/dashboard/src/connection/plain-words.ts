/** What people call the properties that an error text names. */
const NAMES: Readonly<Record<string, string>> = {
  answeredBy: "who answered",
  attemptCount: "the number of attempts",
  callCostInUSDCents: "the cost",
  createdAt: "the time",
  deadlineAt: "the latest time",
  fromNumber: "the from number",
  incidentId: "the incident",
  scheduledAt: "the earliest time",
  statusMessage: "the message",
  toNumber: "the called number",
  userId: "the user",
};

const nameOf = (property: string) => NAMES[property] ?? property;

/** Texts that the server writes for programs, and how a person reads them; the first that fits is used. */
const REWORDINGS: readonly [RegExp, (...found: string[]) => string][] = [
  [
    /^The ApiKey sees call logs masked, so it may not search, sort or group by ([\w.]+)\..*$/s,
    (_, path) =>
      `You see numbers, names and texts masked, so you cannot search, sort or group by ${nameOf(path ?? "")}.`,
  ],
  [
    /^query(?:\.\$\w+|\.\d+)*\.([A-Za-z]+)(?:\.[\w$]+)*: (.+)$/s,
    (_, property, problem) => `A filter cannot be used: ${nameOf(property ?? "")} ${problem}.`,
  ],
  [/^The ApiKey may not do this\./, () => "You may not do this."],
  [/^The ApiKey\b/, () => "Your key"],
];

/** A text of the server in words that need no knowledge of its API. */
export function plainWords(text: string): string {
  const [pattern, words] = REWORDINGS.find(([known]) => known.test(text)) ?? [];
  const reworded = pattern === undefined ? text : text.replace(pattern, words!);
  return reworded.replaceAll(/\b(?:scheduledAt|deadlineAt)\b/g, nameOf);
}
