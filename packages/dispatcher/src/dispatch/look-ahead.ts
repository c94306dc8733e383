import type { DispatchContext } from "../context/dispatch-context.ts";
import { allowedNumbersOf } from "../providers/allowed-numbers.ts";

/** What is looked up for a call beside its record. */
export type LookingAhead = Pick<
  DispatchContext,
  | "projects"
  | "callerIds"
  | "providers"
  | "numberRefusals"
  | "providerStates"
  | "doNotCall"
  | "outbox"
>;

/**
 * Begin what the gates and the claim of any call of a project look up, beside the read of the call. The stores keep it for a second, so it costs a
 * command only for the first call in a while, which would ask for one after the other.
 */
export function lookAhead(context: LookingAhead, projectId: string): void {
  const looks = [
    numbersOf(context, projectId),
    context.numberRefusals.of(projectId),
    ...Object.keys(context.providers).map((name) => context.providerStates.pauseOf(name)),
    context.doNotCall.hasList(projectId),
    context.outbox.wanted({ projectId }),
  ];
  // A failure is reported where the answer is needed, which asks again.
  for (const look of looks) look.catch(() => undefined);
}

async function numbersOf(context: LookingAhead, projectId: string): Promise<void> {
  const project = await context.projects.find(projectId);
  if (project !== undefined) await allowedNumbersOf(context, project);
}
