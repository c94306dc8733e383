import {
  type Acting,
  type ActName,
  CallLogError,
  changesBetween,
  type Project,
  waitsEndedBy,
} from "@call-log/model";
import type { Collection, UpdateFilter } from "mongodb";

import type { AuditWriter } from "../audit/audit-trail.ts";
import { changeAudited } from "../audit/change-audited.ts";
import { recheckMark } from "../calls/recheck-store.ts";
import { isDuplicateKey } from "../database-error.ts";
import type { ProjectDocument } from "./tenant-documents.ts";

interface Deps {
  projects: Collection<ProjectDocument>;
  auditWriter: AuditWriter;
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
  { projects, auditWriter }: Deps,
  project: Project,
  acting: Acting,
): Promise<void> {
  const { _id } = project;
  const changes = changesBetween({}, { ...project }, Object.keys(project));
  const report = { act: "project.create", acting, projectId: _id, target: _id, changes } as const;
  const unfiledActs = [auditWriter.line(report)];
  try {
    await projects.insertOne({ ...project, unfiledActs });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    throw new CallLogError("CONFLICT", `project ${_id} exists already`, { cause: error });
  }
  await auditWriter.file(projects, [{ _id, unfiledActs }]);
}

/** Change a project with the line of what changed; nothing is written when nothing does. An unknown id is NOT_FOUND. */
export async function changeProject(
  { projects: collection, auditWriter, now }: Deps & { now: () => Date },
  act: ActName,
  { projectId, update, acting, check }: ProjectChange,
): Promise<Project> {
  const changed = await changeAudited({ collection, auditWriter }, { _id: projectId }, (before) => {
    check?.(before);
    const changes = changesBy(update, before);
    if (changes.length === 0) return undefined;
    const report = { act, acting, projectId, target: projectId, changes };
    const reasons = waitsEndedBy(changes.map(({ field }) => field));
    if (reasons.length === 0) return { update, report };
    const lookAgain = recheckMark(before.lookAgain, reasons, now());
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
