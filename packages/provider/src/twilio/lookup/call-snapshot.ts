import type { CallInstance } from "twilio/lib/rest/api/v2010/account/call.js";

import type { CallSnapshot } from "../../provider.ts";
import { answeredByOf, statusOf } from "../call-status.ts";

/** Our view of a Call resource. It has neither SIP code nor error; only callbacks report when it was answered. Throws for an unreadable one. */
export function snapshotOf(call: CallInstance): CallSnapshot {
  const status = statusOf(call.status);
  if (status === undefined) throw new Error("Twilio's answer has a status that is not known");
  const answeredBy = answeredByOf(call.answeredBy ?? undefined);
  return {
    providerCallId: call.sid,
    toNumber: call.to,
    fromNumber: call.from,
    createdAt: call.dateCreated,
    status,
    ...(call.endTime instanceof Date && { endedAt: call.endTime }),
    ...(answeredBy !== undefined && { answeredBy }),
    ...(call.duration !== null && { durationSeconds: Number(call.duration) }),
    // Empty until Twilio has counted; null stands for that, too.
    ...(call.price && { price: { amount: call.price, currency: call.priceUnit } }),
  };
}
