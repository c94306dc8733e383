import {
  type CallRecord,
  type CallRequest,
  newCallLogId,
  type Project,
  quietUntil,
  speakable,
} from "@call-log/model";
import { rehearsedTry, SCRIPT_NAMES } from "@call-log/provider";

import { newCallRecord } from "../accept/new-call-record.ts";
import { callOrder } from "../providers/call-order.ts";
import { chainOf } from "../providers/provider-lookup.ts";
import { rehearsed } from "../rules/rehearsal.ts";
import { heardLines, type HeardLine } from "./heard-lines.ts";
import { type Previewing, previewCall, type RequestPreview } from "./preview-call.ts";

/** What a callee can do in a rehearsal: scripts of the simulated carrier, by their names. */
export const REHEARSAL_SCRIPTS: readonly string[] = SCRIPT_NAMES;

/** What would become of a call, if the callee did what a script says. */
export interface CallRehearsal {
  preview: RequestPreview;
  /** The call in the end; null where the request is refused or has placed its call before. */
  call: CallRecord | null;
  /** What is heard in each attempt that is answered. */
  heard: { attempt: number; lines: HeardLine[] }[];
  /** There would be more attempts than were rehearsed. */
  isCut: boolean;
}

/**
 * Play a request on the simulated carrier in memory, by the rules that real calls go by: nothing is written, and nobody
 * is called. Pauses of the project and its providers, the budget and limits per number are left out; the preview has
 * the first two. NOT_FOUND when there is no such project.
 */
export async function rehearseCall(
  context: Previewing,
  { projectId, request, script }: { projectId: string; request: CallRequest; script: string },
): Promise<CallRehearsal> {
  const preview = await previewCall(context, { projectId, request });
  const project = await context.projects.find(projectId);
  const { fromNumber, repeatedAs } = preview;
  if (project === undefined || fromNumber === null || repeatedAs !== null)
    return { preview, call: null, heard: [], isCut: false };
  const now = context.now();
  const id = newCallLogId({ projectId });
  const accepted = newCallRecord(request, { id, projectId, fromNumber, now });
  const { record, tries, isCut } = rehearsed(accepted, {
    chain: chainOf(context, project),
    dialsFrom: (due) => dialsFrom(project, request, due > now ? due : now),
    play: (call, attempt, at) => {
      const route = { provider: "simulated", fromNumber, callbackUrlsFor: () => undefined };
      const tryNumber = attempt.number;
      return rehearsedTry(callOrder(call, attempt, route), { script, tryNumber, at });
    },
  });
  const steps = speakable(request.say);
  const heard = tries.flatMap(({ attempt, tried }) => {
    const lines = heardLines(steps, tried);
    return lines.length === 0 ? [] : [{ attempt, lines }];
  });
  return { preview, call: record, heard, isCut };
}

function dialsFrom(
  { quietHours }: Pick<Project, "quietHours">,
  { priority, timeZone }: CallRequest,
  at: Date,
): Date {
  if (quietHours === undefined || priority === "emergency") return at;
  return quietUntil(quietHours, timeZone ?? quietHours.timeZone, at) ?? at;
}
