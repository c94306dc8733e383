import {
  type Acting,
  type ActReport,
  type AlertSourceChange,
  changesBetween,
} from "@call-log/model";
import type { Collection, Filter, UpdateFilter } from "mongodb";

import type { AuditWriter } from "../audit/audit-trail.ts";
import { changeAudited } from "../audit/change-audited.ts";
import { GONE, NOT_REMOVED } from "../audit/delete-after-filing.ts";
import type { AlertSourceDocument, SourceToken } from "./alert-source-documents.ts";
import { backAfter, backChange } from "./stored-back.ts";

interface Deps {
  alertSources: Collection<AlertSourceDocument>;
  auditWriter: AuditWriter;
}

/** Which source of which project, who changes it, and when. */
export interface SourceRef {
  projectId: string;
  id: string;
  acting: Acting;
  at: Date;
}

type SourceAct = Extract<ActReport["act"], `alert-source.${string}`>;

const FIELDS = ["name", "kind", "rule", "mapping", "enabled"];

/** Insert a source with the line of its creation. */
export async function insertSource(
  { alertSources, auditWriter }: Deps,
  document: AlertSourceDocument,
  acting: Acting,
): Promise<void> {
  const { _id, projectId } = document;
  const changes = [
    ...changesBetween({}, { ...document }, FIELDS),
    ...backChange(undefined, document.back),
  ];
  const report = { act: "alert-source.create", acting, projectId, target: _id, changes } as const;
  const unfiledActs = [auditWriter.line(report)];
  await alertSources.insertOne({ ...document, unfiledActs });
  await auditWriter.file(alertSources, [{ _id, unfiledActs }]);
}

/** Change a source with the line of it; one that is like that already stays. Undefined when there is none. */
export async function updateSource(
  deps: Deps,
  ref: SourceRef,
  { back, ...change }: AlertSourceChange,
): Promise<AlertSourceDocument | undefined> {
  const given = Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  ) as Partial<AlertSourceDocument>;
  return changeSource(deps, ref, (before) => {
    const after = backAfter(before.back, back);
    const changes = [
      ...changesBetween({ ...before }, { ...before, ...given }, FIELDS),
      ...backChange(before.back, after),
    ];
    if (changes.length === 0) return undefined;
    const update = {
      $set: { ...given, ...(after !== undefined && { back: after }), updatedAt: ref.at },
      ...(after === undefined && { $unset: { back: "" as const } }),
    };
    return { update, act: "alert-source.update", report: { changes } };
  });
}

/** Replaced tokens that a source keeps, so that who still uses one can be named. */
const MAX_REPLACED = 5;

/** Give a source a new token; those before it end after the overlap, or when they would have ended anyway. Undefined when there is none. */
export async function rotateToken(
  deps: Deps,
  ref: SourceRef,
  { hash, overlapMs }: { hash: string; overlapMs: number },
): Promise<AlertSourceDocument | undefined> {
  const end = new Date(ref.at.getTime() + overlapMs);
  return changeSource(deps, ref, ({ tokens }) => {
    const replaced = tokens
      .map((token): SourceToken => ({ ...token, validUntil: earlier(token.validUntil, end) }))
      .slice(-MAX_REPLACED);
    const update = { $set: { tokens: [...replaced, { hash, createdAt: ref.at }] } };
    const facts = { previousUntil: end.toISOString() };
    return { update, act: "alert-source.rotate-token", report: { facts } };
  });
}

/** Delete a source: it counts as deleted from now on, and is deleted when the line of it is filed. False when there is none. */
export async function deleteSource(deps: Deps, ref: SourceRef): Promise<boolean> {
  const deleted = await changeSource(deps, ref, ({ name }) => ({
    update: { $set: { removedAt: ref.at, tokens: [] } },
    act: "alert-source.delete",
    report: { changes: [{ field: "name", from: name }] },
  }));
  await deps.alertSources.deleteOne({ _id: ref.id, ...GONE });
  return deleted !== undefined;
}

async function changeSource(
  { alertSources: collection, auditWriter }: Deps,
  { id, projectId, acting }: SourceRef,
  decide: (before: AlertSourceDocument) =>
    | {
        update: UpdateFilter<AlertSourceDocument>;
        act: SourceAct;
        report: Pick<ActReport, "changes" | "facts">;
      }
    | undefined,
): Promise<AlertSourceDocument | undefined> {
  const which = { _id: id, projectId, ...NOT_REMOVED } as Filter<AlertSourceDocument>;
  const changed = await changeAudited({ collection, auditWriter }, which, (before) => {
    const decided = decide(before);
    if (decided === undefined) return undefined;
    const { update, act, report } = decided;
    return { update, report: { act, acting, projectId, target: id, ...report } as ActReport };
  });
  return changed?.after;
}

function earlier(a: Date | undefined, b: Date): Date {
  return a !== undefined && a < b ? a : b;
}
