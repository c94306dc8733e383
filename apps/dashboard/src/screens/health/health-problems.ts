import type { Operation } from "@call-log/model";

import { t } from "../../language/translate.ts";
import { problemWords } from "../../words/problem-words.ts";
import type { Health } from "./health.ts";

type Found = Health["problems"][number];
type Rule = Found["rule"];

/** A link to where something is mended. */
export interface Way {
  href: string;
  label: string;
}

/** One thing that is wrong, in words, with the way to mend it. */
export interface HealthProblem {
  id: string;
  /** Its rule, or what says it at once. */
  kind: Rule | "redis" | "workers" | "refused";
  severity: "critical" | "warning";
  title: string;
  text: string;
  /** Language of the text, where it is only in the server's. */
  lang?: "en";
  /** What to do; empty where the links say it. */
  remedy: string;
  /** What does it on the command line. */
  command?: string;
  /** Start, in ISO 8601. */
  since?: string;
  ways: Way[];
  /** Project that it is about; null when it is the installation's. */
  projectId: string | null;
}

const REFUSED: Way = { href: "/refused", label: t("Show each of them") };

/** Where each kind of problem is mended in the dashboard, and the right that it takes. What is mended elsewhere has no entry. */
const WAYS: Readonly<Record<Rule, readonly (Way & { needs: Operation })[]>> = {
  "no-worker": [],
  "call-stuck": [{ href: "#stuck", label: t("Show the stuck calls"), needs: "read" }],
  "unknown-held": [{ href: "/?status=Unknown", label: t("Decide each of them"), needs: "read" }],
  "callbacks-late": [],
  "budget-nearly-spent": [
    { href: "/costs", label: t("See what spends it"), needs: "read" },
    { href: "/settings", label: t("Raise the budget"), needs: "administer" },
  ],
  "provider-paused": [],
  "queue-requests-failed": [{ ...REFUSED, needs: "read" }],
  "queue-growing": [],
};

/** What the health says beside the problems that call-log has found by its rules. */
export type Facts = Pick<Health, "problems"> & {
  redis: Pick<Health["redis"], "isUp">;
  hasWorkers: boolean;
  /** Refused queue requests that nobody has settled. */
  refused: { open: number; oldestAt?: string | undefined };
};

/** What is wrong now, the worst first; rules take a while to notice what the servers themselves say at once. */
export function healthProblems(facts: Facts, may: readonly Operation[]): HealthProblem[] {
  const found = facts.problems.map((problem) => ofRule(problem, may));
  const rules = new Set<Rule>(facts.problems.map(({ rule }) => rule));
  const seen = [
    ...serverProblems(facts, rules),
    ...(rules.has("queue-requests-failed") ? [] : refusedProblems(facts)),
  ];
  return [...seen, ...found].toSorted((a, b) => rank(a) - rank(b));
}

function rank({ severity }: HealthProblem): number {
  return severity === "critical" ? 0 : 1;
}

function ofRule(problem: Found, may: readonly Operation[]): HealthProblem {
  const { id, rule, severity, projectId, since } = problem;
  // An operator sees no calls; a project's key has no other project.
  const ways = may.includes("operate") ? [] : WAYS[rule].filter(({ needs }) => may.includes(needs));
  return {
    id,
    kind: rule,
    severity,
    ...problemWords(problem),
    projectId,
    since,
    ways: ways.map(({ href, label }) => ({ href, label })),
  };
}

function serverProblems({ redis, hasWorkers }: Facts, rules: ReadonlySet<Rule>): HealthProblem[] {
  const common = { severity: "critical" as const, ways: [] as Way[], projectId: null };
  if (!redis.isUp)
    return [
      {
        ...common,
        id: "redis",
        kind: "redis",
        title: t("Redis is away"),
        text: t("Nothing is dialled until it is back; calls wait in the database."),
        remedy: t("Start Redis, or mend the way to it."),
        command: "call-log doctor",
      },
    ];
  if (hasWorkers || rules.has("no-worker")) return [];
  return [
    {
      ...common,
      id: "workers",
      kind: "workers",
      title: t("No worker is alive"),
      text: t("Nothing is dialled and nothing is recorded until one is started."),
      remedy: t("Start a worker, or resume a drained one."),
      command: "call-log worker resume --all",
    },
  ];
}

function refusedProblems({ refused: { open, oldestAt } }: Facts): HealthProblem[] {
  if (open === 0) return [];
  return [
    {
      id: "refused",
      kind: "refused",
      severity: "warning",
      title: t("Requests from the queue were refused"),
      text: t(
        "{count, plural, one {# request was} other {# requests were}} refused: nobody was called.",
        { count: open },
      ),
      remedy: "",
      ...(oldestAt !== undefined && { since: oldestAt }),
      ways: [REFUSED],
      projectId: null,
    },
  ];
}

/** Pauses in a status, as far as it is known. */
interface Pauses {
  isEveryProviderPaused?: boolean;
  paused?: unknown;
  operatorPause?: unknown;
}

/** Whether a pause holds every call, so that nothing may look as if calls went out. */
export function isHeld({ isEveryProviderPaused, paused, operatorPause }: Pauses): boolean {
  return isEveryProviderPaused === true || Boolean(paused ?? operatorPause);
}
