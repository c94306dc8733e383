import type { ClaimedDelivery } from "@call-log/store";

import { DELIVERY_TIMES } from "../context/delivery-times.ts";
import type { DispatchContext } from "../context/dispatch-context.ts";
import { errorFields } from "../context/log.ts";
import { sendDelivery, type SendDeps } from "./send-delivery.ts";

/** What the worker of deliveries works with. */
export type DeliveryWorkerDeps = SendDeps & Pick<DispatchContext, "outbox">;

/** Sends deliveries until it is closed. */
export interface DeliveryWorker {
  /** Look at once whether something is due. */
  wake(): void;
  /** Resolves when what is being sent has been sent. */
  close(): Promise<void>;
}

/** Deliveries of one lane that are sent at a time; one at a time where the last one failed, so that many dead receivers hold up nobody. */
const PER_LANE = 4;
const IN_ALL = 200;
/** How often it is looked for what other processes made, and for retries, in milliseconds … */
const LOOK_MS = 500;
/** … and where nobody listens. */
const IDLE_LOOK_MS = 5000;

/** Send what is due, in this process, beside others. */
export function startDeliveryWorker(deps: DeliveryWorkerDeps): DeliveryWorker {
  const { outbox, log, webhookEndpoints, webhookDeliveries } = deps;
  const sender = createSender(deps, () => wake());
  let isClosed = false;
  let isHeard = true;
  let underWay: Promise<void> | undefined;
  let again = false;

  async function guarded(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      isHeard = true;
    } catch (error) {
      if (isHeard) log.warn(errorFields(error), "webhooks could not be looked at; tried again");
      isHeard = false;
    }
  }

  function wake(): void {
    again = true;
    underWay ??= run().finally(() => {
      underWay = undefined;
    });
  }

  async function run(): Promise<void> {
    while (again && !isClosed) {
      again = false;
      await guarded(() => sender.sendDue());
    }
  }

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
    wake();
    if (!isClosed) plan(wait);
  }
  function plan(milliseconds: number): void {
    timer = setTimeout(() => {
      looking = look();
    }, milliseconds);
    timer.unref();
  }
  plan(0);
  outbox.onMoved(() => !isClosed && wake());

  return {
    wake,
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await looking;
      await underWay;
      await sender.idle();
    },
  };
}

/** Sends what is due, lane by lane in turn, within the bounds of each. */
function createSender(deps: DeliveryWorkerDeps, onFree: () => void) {
  const { webhookDeliveries: deliveries, log } = deps;
  const sending = new Map<string, Set<Promise<void>>>();
  const failing = new Set<string>();
  let cursor = "";

  const all = () => [...sending.values()].flatMap((lane) => [...lane]);
  const roomOf = (lane: string) => {
    const bound = failing.has(lane) ? 1 : PER_LANE;
    return Math.min(bound - (sending.get(lane)?.size ?? 0), IN_ALL - all().length);
  };

  function start(delivery: ClaimedDelivery): void {
    const { lane } = delivery;
    const one = sendDelivery(deps, delivery)
      .then((arrived) => void (arrived ? failing.delete(lane) : failing.add(lane)))
      .catch((error: unknown) => {
        // The lease ends, and it is sent again.
        const fields = { deliveryId: delivery._id, ...errorFields(error) };
        log.warn(fields, "a delivery could not be noted; it is sent again");
      })
      .finally(() => {
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
    const terms = { limit, leaseSeconds };
    for (const delivery of await deliveries.claim(lane, terms)) start(delivery);
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
    idle: async () => void (await Promise.all(all())),
  };
}
