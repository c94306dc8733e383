import {
  type Acting,
  CallLogError,
  changesBetween,
  MOST_SAVED_VIEWS,
  type NewSavedView,
  type SavedView,
} from "@call-log/model";
import type { Collection } from "mongodb";
import { v7 } from "uuid";

import type { AuditWriter } from "../audit/audit-trail.ts";
import { changeAudited } from "../audit/change-audited.ts";
import { GONE, NOT_REMOVED } from "../audit/delete-after-filing.ts";
import type { SavedViewDocument } from "./tenant-documents.ts";

/** Views of the list of calls that the people of a project share. */
export interface SavedViewStore {
  /** Save a view. Throws CONFLICT for a name that is in use, and when the project has too many. */
  create(projectId: string, view: NewSavedView, acting: Acting): Promise<SavedView>;
  /** Delete a view; false when the project has no such one. */
  delete(projectId: string, id: string, acting: Acting): Promise<boolean>;
  /** A project's views in order of their names. */
  list(projectId: string): Promise<SavedView[]>;
}

/** The views in a MongoDB collection. */
export function createSavedViewStore(deps: {
  savedViews: Collection<SavedViewDocument>;
  auditWriter: AuditWriter;
  now: () => Date;
}): SavedViewStore {
  const { savedViews, auditWriter, now } = deps;

  async function list(projectId: string): Promise<SavedView[]> {
    const found = await savedViews
      .find({ projectId, ...NOT_REMOVED })
      .sort({ createdAt: 1 })
      .limit(MOST_SAVED_VIEWS)
      .toArray();
    return found.map(shown).toSorted((a, b) => a.name.localeCompare(b.name));
  }

  return {
    list,

    async create(projectId, { name, query }, acting) {
      const present = await list(projectId);
      if (present.some((view) => fold(view.name) === fold(name)))
        throw new CallLogError("CONFLICT", "name: is that of another view of the project");
      if (present.length >= MOST_SAVED_VIEWS)
        throw new CallLogError(
          "CONFLICT",
          `The project has ${MOST_SAVED_VIEWS} views, the most that it can keep. Delete one first.`,
        );
      const createdBy = acting.actor;
      const view = { _id: v7(), projectId, name, query, createdAt: now(), createdBy };
      const changes = changesBetween({}, { name }, ["name"]);
      const report = { act: "saved-view.create", acting, projectId, target: view._id, changes };
      const unfiledActs = [auditWriter.line(report as Parameters<AuditWriter["line"]>[0])];
      await savedViews.insertOne({ ...view, unfiledActs });
      await auditWriter.file(savedViews, [{ _id: view._id, unfiledActs }]);
      return view;
    },

    async delete(projectId, id, acting) {
      const which = { _id: id, projectId, ...NOT_REMOVED };
      const deps = { collection: savedViews, auditWriter };
      const deleted = await changeAudited(deps, which, ({ name }) => ({
        update: { $set: { removedAt: now() } },
        report: {
          act: "saved-view.delete",
          acting,
          projectId,
          target: id,
          changes: [{ field: "name", from: name }],
        },
      }));
      await savedViews.deleteOne({ _id: id, ...GONE });
      return deleted !== undefined;
    },
  };
}

// Names that people cannot tell apart.
function fold(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}

function shown({
  _id,
  projectId,
  name,
  query,
  createdAt,
  createdBy,
}: SavedViewDocument): SavedView {
  return { _id, projectId, name, query, createdAt, createdBy };
}
