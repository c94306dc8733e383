import { z } from "zod";

import { CALL_CONDITION_NAMES, CALL_CONDITIONS } from "../../call/call-condition.ts";
import { wholeNumber } from "../../value/number-range.ts";
import { objectId } from "../../value/object-id.ts";
import { onlyKeys } from "../../value/only-keys.ts";
import { selectInput } from "./list-input.ts";

/** Seconds that one request may wait: proxies end a silent request after 60. */
export const WAIT_SECONDS = { byDefault: 30, atMost: 55 } as const;

const conditions = CALL_CONDITION_NAMES.map(
  (name) => `\`${name}\`: ${CALL_CONDITIONS[name].description}`,
).join("; ");

/** Input of a wait for a condition of one call. */
export const waitInput = onlyKeys({
  id: objectId,
  until: z
    .enum(CALL_CONDITION_NAMES, { error: `must be one of: ${CALL_CONDITION_NAMES.join(", ")}` })
    .default("ended")
    .meta({ description: `What is waited for. ${conditions}` }),
  timeout: wholeNumber(0, WAIT_SECONDS.atMost)
    .default(WAIT_SECONDS.byDefault)
    .meta({ description: "Seconds after which the answer comes in any case; 0 only looks" }),
  select: selectInput,
}).meta({ id: "CallLogWait", title: "Wait for a call" });

/** Input of a subscription to one call until it is over. */
export const followInput = onlyKeys({
  id: objectId,
  select: selectInput,
  lastEventId: z
    .string()
    .nullish()
    .meta({ description: "Id of the last event that was seen; the call as it stands comes first" }),
}).meta({ id: "CallLogFollow", title: "One call until it is over" });

/** How a wait ended: the condition holds, can no longer hold, the time is over, or the server stops. */
export const WAIT_RESULTS = {
  met: "the condition holds",
  missed: "the call is over, and the condition cannot hold any more",
  "timed-out": "neither, within the time; the call goes on",
  interrupted: "neither: this server stops. Ask again after `Retry-After`",
} as const;

/** How a wait ended. */
export type WaitResult = keyof typeof WAIT_RESULTS;
