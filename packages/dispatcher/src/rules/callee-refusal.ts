import type { NumberType, Project } from "@call-log/model";
import { calleeRefusal, costlyTypeOf, numberTypeRefusal } from "@call-log/model";

/** Lists for the check of a callee, beside the project's own settings. */
export interface CalleeTerms {
  project: Project;
  /** Those of the numbers in question that are on the project's do-not-call list. */
  blocked: ReadonlySet<string>;
  /** Costly types of numbers that the operator allows. */
  allowedNumberTypes: readonly NumberType[];
}

/** Why a project may not call a number, or undefined when it may. */
export function refusalOfCallee(
  { project, blocked, allowedNumberTypes: installation }: CalleeTerms,
  toNumber: string,
): string | undefined {
  if (blocked.has(toNumber)) return "toNumber: is on the project's do-not-call list";
  const allowed = { installation, project: project.allowedNumberTypes ?? [] };
  return numberTypeRefusal(costlyTypeOf(toNumber), allowed) ?? calleeRefusal(project, toNumber);
}
