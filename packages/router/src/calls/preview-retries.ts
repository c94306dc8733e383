import type { RetryPreview } from "@call-log/dispatcher";
import { CallLogError, countryOf, type ErrorCode } from "@call-log/model";
import type { CallReader, PastCost, ProjectIdentity } from "@call-log/store";

import type { RouterContext } from "../context.ts";

/** The preview of one retry among many, or why there is none. */
export type RetryPreviewAnswer =
  | ({ ok: true; _id: string } & ReturnType<typeof presentPreview>)
  | { ok: false; _id: string; error: { code: ErrorCode; message: string } };

/** Previews of retries, in the order of the ids. */
export async function previewRetries(
  ctx: Pick<RouterContext, "dispatcher" | "now"> & {
    identity: ProjectIdentity;
    reader: Pick<CallReader, "pastCost">;
  },
  ids: string[],
): Promise<RetryPreviewAnswer[]> {
  const { projectId } = ctx.identity;
  const previews = await ctx.dispatcher.previewRetryMany({ projectId, callLogIds: ids });
  const costs = new Map<string, Promise<PastCost | undefined>>();
  const costOf = (toNumber: string) => {
    // It is the mean of a country, which is searched for once.
    const country = countryOf(toNumber) ?? toNumber;
    const known = costs.get(country);
    const cost = known ?? ctx.reader.pastCost({ projectId, toNumber, now: ctx.now() });
    costs.set(country, cost);
    return cost;
  };
  return Promise.all(
    previews.map(async (preview, index): Promise<RetryPreviewAnswer> => {
      const _id = ids[index]!;
      if (preview instanceof CallLogError) {
        const { code, message } = preview;
        return { ok: false, _id, error: { code, message } };
      }
      return { ok: true, _id, ...presentPreview(preview, await costOf(preview.toNumber)) };
    }),
  );
}

/** A preview as a caller reads it. */
export function presentPreview(preview: RetryPreview, past: PastCost | undefined) {
  const { zones, isZoneStated, refusal, quietUntil, calledAgainAs } = preview;
  return {
    refusal: refusal ?? null,
    zones,
    isZoneStated,
    quietUntil: quietUntil?.toISOString() ?? null,
    pastCost: past ?? null,
    calledAgainAs: calledAgainAs ?? null,
  };
}
