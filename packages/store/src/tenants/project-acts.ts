import {
  type Acting,
  type ActName,
  CallLogError,
  changesBetween,
  type Project,
  waitsEndedBy,
} from "@call-log/model";
import type { Collection, UpdateFilter } from "mongodb";

import type { AuditPen } from "../audit/audit-trail.ts";
import { changeAudited } from "../audit/change-audited.ts";
import { lookAgainMark } from "../calls/look-again-store.ts";
import type { ProjectDocument } from "../collections.ts";
import { isDuplicateKey } from "../database-error.ts";

interface Shelf {
  projects: Collection<ProjectDocument>;
  pen: AuditPen;
}

/** Who changes what of a project. */
export interface ProjectChange {
  projectId: string;
  update: UpdateFilter<ProjectDocument>;
  acting: Acting;
  /** Throws when the project is not as it was when the change was made up. */
  check?: (before: Project) => void;
}

/** Insert a project with the line of its creation. A taken id is a CONFLICT. */
export async function insertProject(
  { projects, pen }: Shelf,
  project: Project,
  acting: Acting,
): Promise<void> {
  const { _id } = project;
  const changes = changesBetween({}, { ...project }, Object.keys(project));
  const report = { act: "project.create", acting, projectId: _id, target: _id, changes } as const;
  const unfiledActs = [pen.line(report)];
  try {
    await projects.insertOne({ ...project, unfiledActs });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    throw new CallLogError("CONFLICT", `project ${_id} exists already`, { cause: error });
  }
  await pen.file(projects, [{ _id, unfiledActs }]);
}

/** Change a project with the line of what changed; nothing is written when nothing does. An unknown id is NOT_FOUND. */
export async function changeProject(
  { projects: collection, pen, now }: Shelf & { now: () => Date },
  act: ActName,
  { projectId, update, acting, check }: ProjectChange,
): Promise<Project> {
  const changed = await changeAudited({ collection, pen }, { _id: projectId }, (before) => {
    check?.(before);
    const changes = changesBy(update, before);
    if (changes.length === 0) return undefined;
    const report = { act, acting, projectId, target: projectId, changes };
    const reasons = waitsEndedBy(changes.map(({ field }) => field));
    if (reasons.length === 0) return { update, report };
    const lookAgain = lookAgainMark(before.lookAgain, reasons, now());
    return { update: { ...update, $set: { ...update.$set, lookAgain } }, report };
  });
  if (changed === undefined)
    throw new CallLogError("NOT_FOUND", `there is no project ${projectId}`);
  return withoutActs(changed.after);
}

function changesBy({ $set = {}, $unset = {} }: UpdateFilter<ProjectDocument>, before: Project) {
  const set = $set as Record<string, unknown>;
  return changesBetween({ ...before }, set, [...Object.keys(set), ...Object.keys($unset)]);
}

function withoutActs({
  unfiledActs: _lines,
  actCount: _count,
  lookAgain: _mark,
  ...project
}: ProjectDocument) {
  return project as Project;
}
