import { z } from "zod";

import { onlyKeys } from "../../value/only-keys.ts";
import { queryInput, selectInput } from "./list-input.ts";

/** Input of a subscription to the call logs that match. */
export const liveInput = onlyKeys({
  query: queryInput,
  select: selectInput,
  lastEventId: z.iso
    .datetime({ error: "must be the id of an event of this subscription" })
    .transform((text) => new Date(text))
    .nullish()
    .meta({
      description: "Id of the last event that was seen; what changed since then comes first",
    }),
}).meta({ id: "CallLogLive", title: "Changes of call logs" });
