import type { RetryPreview } from "@call-log/dispatcher";
import { CallLogError, countryOf, type ErrorCode } from "@call-log/model";
import type { CallReader, PastCost, ProjectIdentity } from "@call-log/store";

import type { RouterContext } from "../context.ts";

/** The preview of one retry among many, or why there is none. */
export type RetryPreviewAnswer =
  | ({ ok: true; _id: string } & ReturnType<typeof presentPreview>)
  | { ok: false; _id: string; error: { code: ErrorCode; message: string } };

type Previewing = Pick<RouterContext, "dispatcher" | "now"> & {
  identity: ProjectIdentity;
  reader: Pick<CallReader, "pastCost">;
};

/** A preview of one retry among many as the server uses it, or why there is none. */
export type RetryOutlook =
  | { ok: true; _id: string; preview: RetryPreview; past: PastCost | undefined }
  | { ok: false; _id: string; error: CallLogError };

/** Past costs that were looked up, by country. */
export type KnownCosts = Map<string, Promise<PastCost | undefined>>;

/** Previews of retries, in the order of the ids. */
export async function previewRetries(
  ctx: Previewing,
  ids: string[],
): Promise<RetryPreviewAnswer[]> {
  return (await retryOutlooks(ctx, ids)).map((outlook): RetryPreviewAnswer => {
    const { _id } = outlook;
    if (outlook.ok) return { ok: true, _id, ...presentPreview(outlook.preview, outlook.past) };
    const { code, message } = outlook.error;
    return { ok: false, _id, error: { code, message } };
  });
}

/** The same for the server's own use, with whole numbers and costs. */
export async function retryOutlooks(
  ctx: Previewing,
  ids: string[],
  costs: KnownCosts = new Map(),
): Promise<RetryOutlook[]> {
  const { projectId } = ctx.identity;
  const previews = await ctx.dispatcher.previewRetryMany({ projectId, callLogIds: ids });
  const costOf = (toNumber: string) => {
    // It is the mean of a country, which is searched for once.
    const country = countryOf(toNumber) ?? toNumber;
    const known = costs.get(country);
    const cost = known ?? ctx.reader.pastCost({ projectId, toNumber, now: ctx.now() });
    costs.set(country, cost);
    return cost;
  };
  return Promise.all(
    previews.map(async (preview, index): Promise<RetryOutlook> => {
      const _id = ids[index]!;
      if (preview instanceof CallLogError) return { ok: false, _id, error: preview };
      return { ok: true, _id, preview, past: await costOf(preview.toNumber) };
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
    pastCost: presentPastCost(past),
    calledAgainAs: calledAgainAs ?? null,
  };
}

/** Past costs as a caller reads them. */
export function presentPastCost(past: PastCost | undefined) {
  if (past === undefined) return null;
  const { calls, meanUSDCents } = past;
  return { calls, meanUSDCents };
}
