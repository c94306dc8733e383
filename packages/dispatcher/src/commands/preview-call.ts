import type { CallPreview, CallRequest, Project } from "@call-log/model";
import { CallLogError, newCallLogId, quietUntil, zonesOfNumber } from "@call-log/model";

import { type Checking, checkRequest, readTerms } from "../accept/check-request.ts";
import type { DispatchContext } from "../context/dispatch-context.ts";
import { chainOf, providerNamed } from "../providers/provider-lookup.ts";

/** A preview without what the dispatcher does not know: past costs, and what is left of the budget. */
export type RequestPreview = Omit<CallPreview, "budget" | "pastCost">;

/** What it takes to say what would become of a request. */
export type Previewing = Checking & Pick<DispatchContext, "calls" | "providerStates">;

/** What would become of a request, by the checks that a request is accepted by. Writes nothing. NOT_FOUND when there is no such project. */
export async function previewCall(
  context: Previewing,
  { projectId, request }: { projectId: string; request: CallRequest },
): Promise<RequestPreview> {
  const { toNumber, idempotencyKey, timeZone } = request;
  const terms = await readTerms(context, projectId, [toNumber]);
  const { project } = terms;
  const callLogId = newCallLogId(
    idempotencyKey === undefined ? { projectId } : { projectId, idempotencyKey },
  );
  const [known, providers] = await Promise.all([
    idempotencyKey === undefined ? undefined : context.calls.find(callLogId, projectId),
    providersOf(context, project),
  ]);
  const answer = orRefusal(() =>
    checkRequest(context, terms, { callLogId, request, mayMove: false }),
  );
  return {
    toNumber,
    ...answer,
    repeatedAs: known ? { _id: known._id, status: known.status } : null,
    providers,
    isProjectPaused: project.paused !== undefined || project.operatorPause !== undefined,
    zones: timeZone === undefined ? zonesOfNumber(toNumber) : [timeZone],
    isZoneStated: timeZone !== undefined,
    quietUntil: quietEnd(project, request, context.now())?.toISOString() ?? null,
  };
}

function orRefusal(check: () => string): Pick<CallPreview, "fromNumber" | "refusal"> {
  try {
    return { fromNumber: check(), refusal: null };
  } catch (error) {
    if (!(error instanceof CallLogError)) throw error;
    return { fromNumber: null, refusal: error.message };
  }
}

async function providersOf(
  context: Previewing,
  project: Project,
): Promise<CallPreview["providers"]> {
  return Promise.all(
    chainOf(context, project).map(async (name) => ({
      name,
      isPaused: (await context.providerStates.pauseOf(name)) !== undefined,
      isSimulated: providerNamed(context, name)?.isSimulated === true,
    })),
  );
}

// What is scheduled for later meets the quiet hours of that time.
function quietEnd(
  { quietHours }: Project,
  { priority, timeZone, scheduledAt }: CallRequest,
  now: Date,
): Date | undefined {
  if (quietHours === undefined || priority === "emergency") return undefined;
  const at = scheduledAt !== undefined && scheduledAt > now ? scheduledAt : now;
  return quietUntil(quietHours, timeZone ?? quietHours.timeZone, at);
}
