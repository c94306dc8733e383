import { type CallRehearsal, REHEARSAL_SCRIPTS } from "@call-log/dispatcher";
import {
  callRequest,
  type CallLogView,
  type CallPreview,
  type CallRequest,
  type CallRequestInput,
  listInput,
  presentCallLog,
} from "@call-log/model";
import { z } from "zod";

import { previewRequest } from "./preview-request.ts";

/** What a request would become on the simulated carrier. */
export interface RequestRehearsal extends Pick<CallRehearsal, "heard" | "isCut"> {
  preview: CallPreview;
  /** The call in the end, as a call log is answered; it exists nowhere. Null where nothing would be dialled. */
  call: CallLogView | null;
}

const scripts = [...REHEARSAL_SCRIPTS] as [string, ...string[]];

/** A call request, and what its callee does: the name of a script of the simulated carrier. */
export const rehearsalInput = z
  .strictObject({
    request: z.custom<CallRequestInput>(),
    script: z.enum(scripts, { error: `must be one of: ${scripts.join(", ")}` }),
  })
  .transform(({ request: sent, script }, context): { request: CallRequest; script: string } => {
    // Its problems are named as those of a request that is sent.
    const parsed = callRequest.safeParse(sent);
    if (parsed.success) return { request: parsed.data, script };
    context.issues.push(...(parsed.error.issues as z.core.$ZodRawIssue[]));
    return z.NEVER;
  });

const SELECT = {
  createdAt: true,
  toNumber: true,
  fromNumber: true,
  status: true,
  statusMessage: true,
  acknowledgedAt: true,
  answeredBy: true,
  scheduledAt: true,
  deadlineAt: true,
  attemptCount: true,
  attempts: true,
} as const;

const { select } = listInput.parse({ select: SELECT });

/** What a request would become on the simulated carrier if its callee did what a script says. Writes nothing. */
export async function rehearseRequest(
  ctx: Parameters<typeof previewRequest>[0],
  { request, script }: { request: CallRequest; script: string },
): Promise<RequestRehearsal> {
  const { projectId } = ctx.identity;
  const [preview, { call, heard, isCut }] = await Promise.all([
    previewRequest(ctx, request),
    ctx.dispatcher.rehearse({ projectId, request, script }),
  ]);
  return { preview, call: call && presentCallLog(call, select), heard, isCut };
}
