/** What the sentence on a problem says, as a case with its values. */
export type ProblemFacts =
  | { name: "redis-away" | "no-worker" }
  | { name: "drained"; workers: number }
  | { name: "stuck" | "unknown"; calls: number; oldestId: string }
  | { name: "callbacks-late"; callbacks: number; seconds: number }
  | { name: "callbacks-too-late"; callbacks: number }
  | { name: "callbacks-silent"; calls: number; provider: string }
  | { name: "budget"; limit: "day" | "month" | "prepaid"; committedUSD: string; capUSD: string }
  | { name: "paused-by-person" | "paused-by-check"; provider: string }
  | { name: "requests-refused"; requests: number }
  | { name: "queue-growing"; queue: string; jobs: number };

const LIMITS = {
  "of this day (UTC)": "day",
  "of this month (UTC)": "month",
  prepaid: "prepaid",
} as const;

type Values = Readonly<Record<string, string>>;

/** Each case by its form in the sentence that a rule writes, which is what is stored. */
const FORMS: readonly [form: RegExp, facts: (values: Values) => ProblemFacts][] = [
  [/^Redis is away, /, () => ({ name: "redis-away" })],
  [/^No worker is alive\.$/, () => ({ name: "no-worker" })],
  [
    /^(?<workers>[\d,]+) workers? alive, but drained\.$/,
    ({ workers }) => ({ name: "drained", workers: count(workers) }),
  ],
  [
    /^(?<calls>[\d,]+) calls? (?:is|are) overdue by more than a minute; the oldest is (?<oldestId>\S+)\.$/,
    ({ calls, oldestId }) => ({ name: "stuck", calls: count(calls), oldestId: oldestId! }),
  ],
  [
    /^(?<calls>[\d,]+) calls? (?:is|are) held: they may or may not have been placed; the oldest is (?<oldestId>\S+)\.$/,
    ({ calls, oldestId }) => ({ name: "unknown", calls: count(calls), oldestId: oldestId! }),
  ],
  [
    /^Of (?<callbacks>[\d,]+) callbacks? .* recorded up to (?<seconds>[\d.]+) seconds /,
    ({ callbacks, seconds }) => ({
      name: "callbacks-late",
      callbacks: count(callbacks),
      seconds: Number(seconds),
    }),
  ],
  [
    /^Of (?<callbacks>[\d,]+) callbacks? .* recorded more than 300 seconds /,
    ({ callbacks }) => ({ name: "callbacks-too-late", callbacks: count(callbacks) }),
  ],
  [
    /^None of the callbacks of the last (?<calls>[\d,]+) calls? through (?<provider>\S+) has come; /,
    ({ calls, provider }) => ({
      name: "callbacks-silent",
      calls: count(calls),
      provider: provider!,
    }),
  ],
  [
    /^Of the budget (?<words>.+), (?<committedUSD>[\d.-]+) of (?<capUSD>[\d.]+) US dollars are /,
    ({ words, committedUSD, capUSD }) => ({
      name: "budget",
      limit: LIMITS[words as keyof typeof LIMITS],
      committedUSD: committedUSD!,
      capUSD: capUSD!,
    }),
  ],
  [
    /^The provider (?<provider>\S+) is paused by a person\.$/,
    ({ provider }) => ({ name: "paused-by-person", provider: provider! }),
  ],
  [
    /^The provider (?<provider>\S+) is paused by call-log, after a failed check\.$/,
    ({ provider }) => ({ name: "paused-by-check", provider: provider! }),
  ],
  [
    /^(?<requests>[\d,]+) call requests? from the queue (?:was|were) refused, /,
    ({ requests }) => ({ name: "requests-refused", requests: count(requests) }),
  ],
  [
    /^Jobs of (?<queue>\S+) wait for more than a minute; (?<jobs>[\d,]+) jobs? in the queue\.$/,
    ({ queue, jobs }) => ({ name: "queue-growing", queue: queue!, jobs: count(jobs) }),
  ],
];

/** What the sentence on a problem says, for another language; undefined for a text of another release. */
export function problemFacts(text: string): ProblemFacts | undefined {
  for (const [form, facts] of FORMS) {
    const found = form.exec(text);
    if (found !== null) return facts(found.groups ?? {});
  }
  return undefined;
}

function count(text: string | undefined): number {
  return Number((text ?? "").replaceAll(",", ""));
}
