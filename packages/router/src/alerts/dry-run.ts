import type { AlertPreview } from "@call-log/dispatcher";
import {
  type AlertSource,
  CallLogError,
  newAlertSource,
  objectId,
  onlyKeys,
} from "@call-log/model";
import type { ProjectIdentity } from "@call-log/store";
import { z } from "zod";

import type { RouterContext } from "../context.ts";

/** A notification that is tried out: on a source that is there, or on one that is not saved yet. */
export const dryRun = onlyKeys({
  id: objectId.optional(),
  source: newAlertSource.optional(),
  body: z
    .unknown()
    .refine((body) => body !== undefined, { error: "must be the body that the source would send" }),
}).refine(({ id, source }) => (id === undefined) !== (source === undefined), {
  error: "must have either the id of a source, or a source",
});

/** What a notification would do, as it is answered. */
export interface DryRunView {
  /** For each of its alerts or groups: a call with its request, or why none. */
  results: AlertPreview[];
}

/** Try a notification out: nothing is called, canceled or kept. BAD_REQUEST for a body that is not of this source. */
export async function previewOf(
  ctx: Pick<RouterContext, "store" | "dispatcher" | "now"> & { identity: ProjectIdentity },
  { id, source, body }: z.output<typeof dryRun>,
): Promise<DryRunView> {
  const { projectId } = ctx.identity;
  const at = ctx.now();
  const tried: AlertSource | undefined =
    source === undefined
      ? await ctx.store.alertSources.find(projectId, id ?? "")
      : unsaved(source, { projectId, at });
  if (tried === undefined) throw new CallLogError("NOT_FOUND", "there is no such alert source");
  return { results: await ctx.dispatcher.previewAlerts({ ...tried, enabled: true }, body) };
}

function unsaved(
  { mapping, back: _back, ...source }: z.output<typeof newAlertSource>,
  { projectId, at }: { projectId: string; at: Date },
): AlertSource {
  return {
    ...source,
    ...(mapping !== undefined && { mapping }),
    _id: "unsaved",
    projectId,
    enabled: true,
    createdAt: at,
    updatedAt: at,
  };
}
