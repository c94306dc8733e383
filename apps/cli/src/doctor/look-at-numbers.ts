import type { Provider } from "@call-log/provider";
import type { Store } from "@call-log/store";

import { bad, type Check } from "./check.ts";
import { reasonOf } from "./look-outside.ts";
import {
  type NumberAnswer,
  type NumberedAccount,
  numberCheck,
  type NumberUse,
  numberUses,
} from "./number-checks.ts";

/** Most numbers that are asked for: providers limit the rate of requests. */
const MOST_ASKED = 200;

/** An account that can be asked for its numbers. */
export type AskedProvider = Pick<Provider, "name" | "defaultFromNumber" | "checkNumber">;

/** Ask the accounts for every number that calls may be made from. A provider that calls from any number is not asked. */
export async function lookAtNumbers(
  store: Pick<Store, "projects" | "callerIds">,
  providers: readonly AskedProvider[],
): Promise<Check[]> {
  const accounts = providers.map(({ name, defaultFromNumber }): NumberedAccount => ({
    name,
    defaultNumber: defaultFromNumber,
  }));
  const projects = await store.projects.list();
  const uses = numberUses({ projects, known: await store.callerIds.list(), accounts });
  return askForNumbers(uses, providers);
}

/** What the accounts say of these numbers, one check for each; and one for each account that could not be asked. */
export async function askForNumbers(
  uses: readonly NumberUse[],
  providers: readonly AskedProvider[],
): Promise<Check[]> {
  const failures = new Map<string, string>();
  const checks: Check[] = [];
  const askable = uses.flatMap(({ number, accounts }) => {
    const asked = providers.filter((one) => accounts.includes(one.name) && one.checkNumber);
    return asked.length === 0 ? [] : [{ number, asked }];
  });
  for (const { number, asked } of askable.slice(0, MOST_ASKED)) {
    const answers: NumberAnswer[] = [];
    for (const provider of asked) answers.push(await answerOf(provider, number, failures));
    checks.push(numberCheck(number, answers));
  }
  const unasked = [...failures].map(([account, reason]) =>
    bad(`numbers at ${account}`, "warn", [
      `could not be asked for: ${reason}`,
      "Run doctor again when the provider answers, with credentials that may read its numbers.",
    ]),
  );
  return [...checks, ...unasked, ...tooMany(askable.length)];
}

async function answerOf(
  provider: AskedProvider,
  number: string,
  failures: Map<string, string>,
): Promise<NumberAnswer> {
  const { name: account } = provider;
  // One that can't be asked for one number is not kept busy with the others.
  if (failures.has(account)) return { account, standing: "unasked" };
  try {
    return { account, standing: (await provider.checkNumber?.(number)) ?? "unasked" };
  } catch (error) {
    failures.set(account, reasonOf(error));
    return { account, standing: "unasked" };
  }
}

function tooMany(count: number): Check[] {
  if (count <= MOST_ASKED) return [];
  return [
    bad("numbers", "warn", [
      `${count} may be called from; the first ${MOST_ASKED} were asked for`,
      "Look for the others in the provider's console.",
    ]),
  ];
}
