import { allowedNumbers, type CallerId, maskedNumber, type Project } from "@call-log/model";
import type { NumberStanding } from "@call-log/provider";

import { bad, type Check, good } from "./check.ts";

/** An account with the number of its own settings, E.164. */
export interface NumberedAccount {
  name: string;
  defaultNumber: string | undefined;
}

/** A number that calls may be made from, with the accounts that they may go through. */
export interface NumberUse {
  /** E.164. */
  number: string;
  accounts: readonly string[];
}

/** What an account says of a number; `unasked` when it could not be asked. */
export interface NumberAnswer {
  account: string;
  standing: NumberStanding | "unasked";
}

const MAY_CALL: ReadonlySet<string> = new Set<NumberStanding>(["owned", "verified"]);

/** Words for each standing of a number that can't be called from. */
const REFUSALS = {
  "no-voice": [
    "can't make voice calls",
    "Buy a number with voice in the provider's console, or verify this one there.",
  ],
  inactive: [
    "is not in service",
    "Finish its order, port or requirements in the provider's console, or use another number.",
  ],
  absent: [
    "is neither owned nor verified",
    "Buy or verify it in the provider's console, or take it out of fromNumbers and FROM_NUMBER.",
  ],
} as const satisfies Record<Exclude<NumberStanding, "owned" | "verified">, readonly string[]>;

/** Every number that a call may be made from: those of the projects, those lent to them, and each account's own. */
export function numberUses(situation: {
  projects: readonly Pick<Project, "_id" | "fromNumbers" | "providerChain">[];
  known: readonly CallerId[];
  accounts: readonly NumberedAccount[];
}): NumberUse[] {
  const { projects, known, accounts } = situation;
  const uses = new Map<string, Set<string>>();
  const add = (number: string, account: string) =>
    uses.set(number, (uses.get(number) ?? new Set()).add(account));
  for (const { name, defaultNumber } of accounts)
    if (defaultNumber !== undefined) add(defaultNumber, name);
  for (const project of projects) {
    const chain = accounts.filter(
      ({ name }) => project.providerChain.length === 0 || project.providerChain.includes(name),
    );
    const defaults = chain.flatMap(({ defaultNumber }) => defaultNumber ?? []);
    const { own, lent } = allowedNumbers(project, { known, defaults });
    // An account's own number is asked of that account alone.
    const shared = [...own, ...lent].filter((number) => !defaults.includes(number));
    for (const number of shared) for (const { name } of chain) add(number, name);
  }
  return [...uses].map(([number, names]) => ({ number, accounts: [...names] }));
}

/** Whether calls can be made from a number: fails when no account takes it, warns when some do not. */
export function numberCheck(number: string, answers: readonly NumberAnswer[]): Check {
  const name = `number ${maskedNumber(number)}`;
  const asked = answers.filter(({ standing }) => standing !== "unasked");
  const refused = asked.filter(({ standing }) => !MAY_CALL.has(standing));
  const [first] = refused;
  if (first === undefined) {
    const found = asked.map(({ account, standing }) => `${standing} at ${account}`);
    return good(name, found.length > 0 ? found.join(", ") : "no provider could be asked");
  }
  const detail = refused.map(({ account, standing }) => `${wordsOf(standing)[0]} at ${account}`);
  const level = refused.length === answers.length ? "fail" : "warn";
  return bad(name, level, [detail.join(", "), wordsOf(first.standing)[1]]);
}

function wordsOf(standing: NumberAnswer["standing"]): readonly [string, string] {
  if (standing === "unasked" || standing === "owned" || standing === "verified")
    throw new Error(`${standing} is no refusal`);
  return REFUSALS[standing];
}
