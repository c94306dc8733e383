import {
  affectedBySettings,
  CallLogError,
  type ProjectSettings,
  type PreviewedSettings,
  type Project,
  type SettingsPreview,
} from "@call-log/model";
import type { CallReader, ProjectIdentity } from "@call-log/store";

import type { RouterContext } from "../context.ts";

/** Days of calls that are looked at. */
const DAYS = 7;
/** Most calls that are looked at. */
const MOST_CALLS = 2000;

/** What changed settings would have done with the calls of the last days, beside the saved ones. Writes nothing. */
export async function previewSettings(
  ctx: Pick<RouterContext, "dispatcher" | "store" | "now"> & {
    identity: Pick<ProjectIdentity, "projectId">;
    reader: Pick<CallReader, "pastCalls">;
  },
  change: ProjectSettings,
): Promise<SettingsPreview> {
  const { projectId } = ctx.identity;
  const start = new Date(ctx.now().getTime() - DAYS * 86_400_000);
  const [project, calls] = await Promise.all([
    ctx.store.projects.find(projectId),
    ctx.reader.pastCalls({ projectId, since: start, limit: MOST_CALLS }),
  ]);
  if (project === undefined) throw new CallLogError("NOT_FOUND", "the key's project is gone");
  const { allowedNumberTypes } = ctx.dispatcher.context.settings;
  const affected = (settings: PreviewedSettings) =>
    affectedBySettings(settings, calls, { allowedNumberTypes });
  const isCut = calls.length === MOST_CALLS;
  const since = isCut ? (calls.at(-1)?.calledAt ?? start) : start;
  return {
    calls: calls.length,
    since: since.toISOString(),
    changed: affected(withChange(project, change)),
    saved: affected(project),
  };
}

/** A project with some settings changed; null takes one away. */
function withChange(project: Project, change: ProjectSettings): PreviewedSettings {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  const changed = Object.fromEntries(given.map(([name, value]) => [name, value ?? undefined]));
  return { ...project, ...changed };
}
