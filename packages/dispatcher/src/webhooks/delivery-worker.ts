import type { ClaimedDelivery } from "@call-log/store";

import { DELIVERY_TIMES } from "../context/delivery-times.ts";
import type { DispatchContext } from "../context/dispatch-context.ts";
import { errorFields } from "../context/log.ts";
import { createLaneBounds } from "./lane-bounds.ts";
import type { SendDeps } from "./send-delivery.ts";
import { sendOrder } from "./send-order.ts";
import { wakeable } from "./wakeable.ts";

/** What the worker of deliveries works with. */
export type DeliveryWorkerDeps = SendDeps & Pick<DispatchContext, "outbox">;

/** Sends deliveries until it is closed. */
export interface DeliveryWorker {
  /** Look at once whether something is due. */
  wake(): void;
  /** Resolves when what is being sent has been sent. */
  close(): Promise<void>;
}

const IN_ALL = 200;
/** How often it is looked for what other processes made, and for retries, in milliseconds … */
const LOOK_MS = 500;
/** … and where nobody listens. */
const IDLE_LOOK_MS = 5000;

/** Send what is due, in this process, beside others. */
export function startDeliveryWorker(deps: DeliveryWorkerDeps): DeliveryWorker {
  const { outbox, log, webhookEndpoints, webhookDeliveries } = deps;
  const sender = createSender(deps, () => sending.wake());
  let isClosed = false;
  let isHeard = true;

  async function guarded(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      isHeard = true;
    } catch (error) {
      if (isHeard) log.warn(errorFields(error), "webhooks could not be looked at; tried again");
      isHeard = false;
    }
  }

  const sending = wakeable(async () => {
    if (!isClosed) await guarded(() => sender.sendDue());
  });

  // Somebody may be sent something: an endpoint, or what is left for one.
  const isUsed = async () =>
    (await webhookDeliveries.nextDueAt()) !== undefined || webhookEndpoints.isUsed();

  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  async function look(): Promise<void> {
    let wait = IDLE_LOOK_MS;
    await guarded(async () => {
      const moved = await outbox.moveLeft();
      if (moved > 0 || (await isUsed())) wait = LOOK_MS;
    });
    sending.wake();
    if (!isClosed) plan(wait);
  }
  function plan(milliseconds: number): void {
    timer = setTimeout(() => {
      looking = look();
    }, milliseconds);
    timer.unref();
  }
  plan(0);
  outbox.onMoved(() => !isClosed && sending.wake());

  return {
    wake: () => sending.wake(),
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await looking;
      await sending.idle();
      await sender.close();
    },
  };
}

/** Sends what is due, lane by lane in turn, within the bounds of each. */
function createSender(deps: DeliveryWorkerDeps, onFree: () => void) {
  const { webhookDeliveries: deliveries } = deps;
  const sending = new Map<string, Set<Promise<void>>>();
  const bounds = createLaneBounds();
  let isClosing = false;
  const terms = { bounds, isClosing: () => isClosing };
  let cursor = "";

  const all = () => [...sending.values()].flatMap((lane) => [...lane]);
  const roomOf = (lane: string) =>
    Math.min(bounds.of(lane) - (sending.get(lane)?.size ?? 0), IN_ALL - all().length);

  function start(delivery: ClaimedDelivery): void {
    const { lane } = delivery;
    const one = sendOrder(deps, delivery, terms).finally(() => {
      const left = sending.get(lane);
      left?.delete(one);
      if (left?.size === 0) sending.delete(lane);
      onFree();
    });
    sending.set(lane, (sending.get(lane) ?? new Set()).add(one));
  }

  async function sendLane(lane: string): Promise<void> {
    const limit = roomOf(lane);
    if (limit <= 0) return;
    const { leaseSeconds } = deps.deliveryTimes ?? DELIVERY_TIMES;
    const claimed = await deliveries.claim(lane, { limit, leaseSeconds });
    for (const delivery of claimed) start(delivery);
  }

  return {
    // Once around, from where the last look stopped, so that each has its turn.
    async sendDue(): Promise<void> {
      const from = cursor;
      for (let wrapped = false; all().length < IN_ALL;) {
        const lane = await deliveries.nextLane(cursor);
        if (lane === undefined || (wrapped && lane > from)) {
          if (wrapped || from === "") {
            cursor = "";
            return;
          }
          wrapped = true;
          cursor = "";
          continue;
        }
        cursor = lane;
        await sendLane(lane);
      }
    },
    /** Resolves when what is being sent has been sent; nothing follows it. */
    async close(): Promise<void> {
      isClosing = true;
      await Promise.all(all());
    },
  };
}
