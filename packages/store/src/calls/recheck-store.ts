import type { WaitReason } from "@call-log/model";
import type { Collection } from "mongodb";

import type { ProviderStateDocument } from "../guards/guard-documents.ts";
import type { ProjectDocument } from "../tenants/tenant-documents.ts";
import type { Recheck } from "./recheck.ts";

/** A change that may release held calls: of one project, or of a provider account for all projects. */
export interface RecheckMark extends Recheck {
  of: "project" | "provider";
  /** The project, or the account. */
  _id: string;
}

/**
 * Changes after which deferred calls are checked again. The mark is written with the change, so a crash cannot separate
 * them.
 */
export interface RecheckStore {
  /** All marks, oldest first. */
  open(): Promise<RecheckMark[]>;
  /** Remove a mark; marks of later changes stay. */
  close(mark: RecheckMark): Promise<void>;
}

/** The marks on the documents that were changed. */
export function createRecheckStore(deps: {
  projects: Collection<ProjectDocument>;
  providers: Collection<ProviderStateDocument>;
}): RecheckStore {
  const { projects, providers } = deps;
  const marked = { "lookAgain.at": { $exists: true } };
  const options = { projection: { lookAgain: 1 } } as const;
  return {
    async open() {
      const [ofProjects, ofProviders] = await Promise.all([
        projects.find(marked, options).toArray(),
        providers.find(marked, options).toArray(),
      ]);
      return [
        ...ofProjects.flatMap((document) => markOf("project", document)),
        ...ofProviders.flatMap((document) => markOf("provider", document)),
      ].toSorted((a, b) => a.at.getTime() - b.at.getTime());
    },

    async close({ of, _id, at }) {
      const mark = { _id, "lookAgain.at": at };
      const away = { $unset: { lookAgain: "" } } as const;
      await (of === "project" ? projects.updateOne(mark, away) : providers.updateOne(mark, away));
    },
  };
}

function markOf(
  of: RecheckMark["of"],
  { _id, lookAgain }: { _id: string; lookAgain?: Recheck },
): RecheckMark[] {
  return lookAgain === undefined ? [] : [{ of, _id, ...lookAgain }];
}

/**
 * The mark of a change that may have ended these waits, beside those of the change before that was not looked at yet.
 */
export function recheckMark(
  before: Recheck | undefined,
  reasons: readonly WaitReason[],
  at: Date,
): Recheck {
  return { at, reasons: [...new Set([...(before?.reasons ?? []), ...reasons])] };
}
