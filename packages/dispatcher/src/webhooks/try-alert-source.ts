import { type DeliveryTry, newCallLogId } from "@call-log/model";

import { trySource } from "../back-to-source/back-kinds.ts";
import type { DispatchContext } from "../context/dispatch-context.ts";
import { sourceExchange } from "./delivery-kinds.ts";
import { trySending } from "./send-delivery.ts";

/** How a trial went: `error` is absent when the source took it. */
export type TriedSource = DeliveryTry;

/** Try how an alert source is informed, without an alert; undefined when it is not informed. */
export async function tryAlertSource(
  context: Pick<DispatchContext, "alertSources" | "addressGuard" | "now">,
  projectId: string,
  sourceId: string,
): Promise<TriedSource | undefined> {
  const informed = await context.alertSources.backOf(projectId, sourceId);
  if (informed === undefined) return undefined;
  const trial = {
    id: newCallLogId({ projectId }),
    sourceName: informed.name,
    now: context.now(),
  };
  const { done } = await trySending(context, {
    send: (exchange) => trySource(informed.back, { ...trial, send: sourceExchange(exchange) }),
  });
  return done;
}
