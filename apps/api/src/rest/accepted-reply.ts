import { z } from "zod";

import type { RestReply } from "./rest-route.ts";

/** Header of an answer to a request that came before: nothing new happened. */
const REPLAYED_HEADER = "Idempotent-Replayed";

/** Headers of an answer to a request that came before, for the documentation. */
export const REPLAYED_HEADERS = {
  [REPLAYED_HEADER]: z.literal("true").meta({ description: "Nothing new happened" }),
};

/** Answer to a request for a call: 202, or 200 with `Idempotent-Replayed` where it came before. */
export function acceptedReply({
  repeated,
  ...body
}: Readonly<{ repeated?: boolean | undefined; _id: string; status: string }>): RestReply {
  return repeated === true
    ? { status: 200, headers: { [REPLAYED_HEADER]: "true" }, body }
    : { status: 202, body };
}
