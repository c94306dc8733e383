import {
  type Finding,
  type HealthFacts,
  nextProblemState,
  PROBLEM_RULE_NAMES,
  PROBLEM_RULES,
  problemKey,
  type ProblemRule,
  type ProblemRuleName,
} from "@call-log/model";
import type { KeptState, ProblemEvent, ProblemStore } from "@call-log/store";

/** What a look works with. */
export interface RuleDeps {
  problems: Pick<ProblemStore, "states" | "step">;
  now: () => Date;
  newId: () => string;
}

/** Compare the facts with every rule; the problems that began and ended by this. */
export async function applyProblemRules(
  deps: RuleDeps,
  facts: HealthFacts,
): Promise<ProblemEvent[]> {
  const states = await deps.problems.states();
  const events: ProblemEvent[] = [];
  for (const name of PROBLEM_RULE_NAMES) {
    const before = states.filter(({ rule }) => rule === name);
    for (const { state, finding } of pairsOf(name, before, facts)) {
      const { now, newId } = deps;
      const times = PROBLEM_RULES[name];
      const next = nextProblemState({
        rule: name,
        times,
        before: state,
        finding,
        at: now(),
        newId,
      });
      const event = await deps.problems.step(state, next);
      if (event !== undefined) events.push(event);
    }
  }
  return events;
}

interface Pair {
  state: KeptState | undefined;
  finding: Finding | undefined;
}

// What the facts do not tell stays as it is.
function pairsOf(name: ProblemRuleName, states: KeptState[], facts: HealthFacts): Pair[] {
  const rule: ProblemRule = PROBLEM_RULES[name];
  const found = rule.find(facts);
  if (found === undefined) return [];
  const findings = new Map(found.map((finding) => [problemKey(name, finding), finding]));
  const kept = new Map(states.map((state) => [state.key, state]));
  const isWhole = rule.isWhole?.(facts) ?? true;
  const gone = states.filter(({ key }) => isWhole && !findings.has(key));
  return [
    ...[...findings].map(([key, finding]) => ({ state: kept.get(key), finding })),
    ...gone.map((state) => ({ state, finding: undefined })),
  ];
}
