import {
  problemFacts,
  type ProblemFacts,
  type ProblemRuleName,
  type ShownProblem,
} from "@call-log/model";

import { t } from "../language/translate.ts";
import { isEnglish } from "./inside-sentence.ts";

/** Every kind of problem. */
const TITLES: Readonly<Record<ProblemRuleName, () => string>> = {
  "no-worker": () => t("No worker takes jobs"),
  "call-stuck": () => t("Calls are stuck"),
  "unknown-held": () => t("Calls are held as Unknown"),
  "callbacks-late": () => t("Callbacks are late or do not come"),
  "budget-nearly-spent": () => t("A budget is nearly spent"),
  "provider-paused": () => t("A provider is paused"),
  "queue-requests-failed": () => t("Queue requests were refused"),
  "queue-growing": () => t("A queue grows"),
};

/** What to do about each kind of problem; its command is apart. */
const REMEDIES: Readonly<Record<ProblemRuleName, () => string>> = {
  "no-worker": () =>
    t(
      "Start a worker, resume a drained one, or start Redis. Accepted calls wait in the database until then.",
    ),
  "call-stuck": () =>
    t("Look at the call and at the log of the workers. If no worker is alive, start one."),
  "unknown-held": () =>
    t("Find out from the callee or the provider whether the call took place, then decide."),
  "callbacks-late": () =>
    t(
      "Check that the provider reaches PUBLIC_URL/hooks/ through DNS, firewall, proxy and certificate, and that workers keep up with the queue call-events.",
    ),
  "budget-nearly-spent": () =>
    t(
      "Raise the budget in the settings of the project, or find out what spends it. Beyond it, calls end as Out of budget.",
    ),
  "provider-paused": () =>
    t("When its cause is gone, resume it. Calls go to the next provider of the project, or wait."),
  "queue-requests-failed": () => t("Read why, mend the producer, and replay or drop each."),
  "queue-growing": () =>
    t(
      "Start more workers, or let them do more at a time (DISPATCH_CONCURRENCY, EVENT_CONCURRENCY, REQUEST_CONCURRENCY).",
    ),
};

/** What helps on the command line; ID is the oldest call. */
const COMMANDS: Readonly<Partial<Record<ProblemRuleName, string>>> = {
  "no-worker": "call-log worker resume --all",
  "call-stuck": "call-log show ID",
  "unknown-held": "call-log resolve ID",
  "callbacks-late": "call-log doctor",
  "provider-paused": "call-log provider resume NAME",
  "queue-requests-failed": "call-log dead-letter list",
};

type Name = ProblemFacts["name"];
type Of<N extends Name> = Extract<ProblemFacts, { name: N }>;

/** The sentence on each limit of a budget. */
const BUDGETS: Readonly<Record<Of<"budget">["limit"], (facts: Of<"budget">) => string>> = {
  day: ({ capUSD, committedUSD }) =>
    t(
      "Of the budget of this day (UTC), {committedUSD} of {capUSD} US dollars are spent or set aside.",
      { capUSD, committedUSD },
    ),
  month: ({ capUSD, committedUSD }) =>
    t(
      "Of the budget of this month (UTC), {committedUSD} of {capUSD} US dollars are spent or set aside.",
      { capUSD, committedUSD },
    ),
  prepaid: ({ capUSD, committedUSD }) =>
    t("Of the budget prepaid, {committedUSD} of {capUSD} US dollars are spent or set aside.", {
      capUSD,
      committedUSD,
    }),
};

/** The sentence on each problem. */
const SENTENCES: { readonly [N in Name]: (facts: Of<N>) => string } = {
  "redis-away": () => t("Redis is away, so no worker can take a job."),
  "no-worker": () => t("No worker is alive."),
  drained: ({ workers }) =>
    t("{workers, plural, one {# worker} other {# workers}} alive, but drained.", { workers }),
  stuck: ({ calls }) =>
    t("{calls, plural, one {# call is} other {# calls are}} overdue by more than a minute.", {
      calls,
    }),
  unknown: ({ calls }) =>
    t(
      "{calls, plural, one {# call is held: it may or may not have been placed.} other {# calls are held: they may or may not have been placed.}}",
      { calls },
    ),
  "callbacks-late": ({ callbacks, seconds }) =>
    t(
      "Of {callbacks, plural, one {# callback} other {# callbacks}} in five minutes, 1 in 20 was recorded up to {seconds} seconds after what it reports.",
      { callbacks, seconds },
    ),
  "callbacks-too-late": ({ callbacks }) =>
    t(
      "Of {callbacks, plural, one {# callback} other {# callbacks}} in five minutes, 1 in 20 was recorded more than 300 seconds after what it reports.",
      { callbacks },
    ),
  "callbacks-silent": ({ calls, provider }) =>
    t(
      "None of the callbacks of the last {calls, plural, one {# call} other {# calls}} through {provider} has come; these calls are followed by polling.",
      { calls, provider },
    ),
  "paused-by-person": ({ provider }) =>
    t("The provider {provider} is paused by a person.", { provider }),
  "paused-by-check": ({ provider }) =>
    t("The provider {provider} is paused by call-log, after a failed check.", { provider }),
  "requests-refused": ({ requests }) =>
    t(
      "{requests, plural, one {# call request from the queue was refused, and nobody has settled it} other {# call requests from the queue were refused, and nobody has settled them}}.",
      { requests },
    ),
  "queue-growing": ({ jobs, queue }) =>
    t(
      "Jobs of {queue} wait for more than a minute; {jobs, plural, one {# job} other {# jobs}} in the queue.",
      { jobs, queue },
    ),
  budget: (facts) => BUDGETS[facts.limit](facts),
};

/** What is said of a problem: in the active language, else in the server's English, which `lang` says of its text. */
export interface ProblemWords {
  title: string;
  text: string;
  remedy: string;
  /** What does it on the command line. */
  command?: string;
  lang?: "en";
}

/** The words of a problem in the active language, its call's id in its command alone; those of another release stay as they are. */
export function problemWords({
  rule,
  title,
  text,
  remedy,
}: Pick<ShownProblem, "rule" | "title" | "text" | "remedy">): ProblemWords {
  if (!Object.hasOwn(TITLES, rule)) return { title, text, remedy };
  const facts = problemFacts(text);
  const command = COMMANDS[rule]?.replace("ID", oldestOf(facts));
  return {
    title: TITLES[rule](),
    remedy: REMEDIES[rule](),
    ...(command !== undefined && { command }),
    ...(facts === undefined
      ? { text, ...(!isEnglish() && { lang: "en" as const }) }
      : { text: (SENTENCES[facts.name] as (facts: ProblemFacts) => string)(facts) }),
  };
}

function oldestOf(facts: ProblemFacts | undefined): string {
  return facts !== undefined && "oldestId" in facts ? facts.oldestId : "ID";
}
