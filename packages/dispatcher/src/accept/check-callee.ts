import type { Project } from "@call-log/model";
import { calleeRefusal } from "@call-log/model";

/** Why a project may not call a number, or undefined when it may; `barred` are the numbers of its do-not-call list. */
export function refusalOfCallee(
  project: Project,
  toNumber: string,
  barred: ReadonlySet<string>,
): string | undefined {
  if (barred.has(toNumber)) return "toNumber: is on the project's do-not-call list";
  return calleeRefusal(project, toNumber);
}
