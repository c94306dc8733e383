import type { CallRecord } from "@call-log/model";
import type {
  AlertSourceStore,
  OutboxStore,
  WebhookDeliveryStore,
  WebhookEndpointStore,
} from "@call-log/store";

import type { CallOutbox } from "../context/call-outbox.ts";
import type { DispatchContext } from "../context/dispatch-context.ts";
import { errorFields } from "../context/log.ts";
import { secondsAfter } from "../rules/seconds.ts";
import { deliveriesOf, wantedEvents } from "./delivery-sources.ts";
import { wakeable } from "./wakeable.ts";

/** What moving events to the deliveries takes. */
export interface MoverDeps extends Pick<DispatchContext, "projects" | "log" | "now"> {
  outbox: OutboxStore;
  endpoints: Pick<WebhookEndpointStore, "listeners" | "ensureNotify">;
  deliveries: Pick<WebhookDeliveryStore, "add">;
  alertSources: Pick<AlertSourceStore, "backOf">;
}

/** Who has just written events is about to move them, and is left to it for this time. */
const LEAVE_SECONDS = 2;
const BATCH = 100;

/** A mover; any number of processes may have one, since a delivery that is there is no second one. */
export function createOutboxMover(deps: MoverDeps): CallOutbox {
  const { outbox, deliveries, projects, log, now } = deps;
  const listeners: (() => void)[] = [];
  const waiting = new Map<string, CallRecord>();
  const mover = wakeable(moveWaiting);

  async function moveNow(records: readonly CallRecord[]): Promise<void> {
    const made = await Promise.all(
      records.map(async (record) =>
        deliveriesOf(deps, record, await projects.find(record.projectId)),
      ),
    );
    await deliveries.add(made.flat());
    for (const listener of listeners) listener();
    await outbox.clear(records);
  }

  async function moveWaiting(): Promise<void> {
    while (waiting.size > 0) {
      const records = [...waiting.values()].slice(0, BATCH);
      for (const { _id } of records) waiting.delete(_id);
      try {
        await moveNow(records);
      } catch (error) {
        // They are still in their calls; the next look at what was left finds them.
        log.warn(errorFields(error), "events could not be moved to the deliveries; tried again");
      }
    }
  }

  return {
    wanted: (call) => wantedEvents(deps, call),

    move(records) {
      for (const record of records)
        if ((record.outbox ?? []).length > 0) waiting.set(record._id, record);
      if (waiting.size > 0) mover.wake();
    },

    async moveLeft() {
      const before = secondsAfter(now(), -LEAVE_SECONDS);
      for (let moved = 0; ;) {
        const left = await outbox.findLeft(before, BATCH);
        if (left.length > 0) await moveNow(left);
        moved += left.length;
        if (left.length < BATCH) return moved;
      }
    },

    onMoved: (listener) => void listeners.push(listener),
    idle: () => mover.idle(),
  };
}
