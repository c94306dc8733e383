import type { z } from "zod";

import { onlyKeys } from "../value/only-keys.ts";
import { callEventTypes } from "./webhook-event.ts";
import { webhookUrl } from "./webhook-url.ts";

/** Where the events of one call go beside the endpoints of its project. */
export const notify = onlyKeys({
  url: webhookUrl,
  events: callEventTypes.default(["call.status-changed"]),
}).meta({
  id: "Notify",
  title: "Notify",
  description:
    "Address that gets events of this call, signed with the project's secret for such addresses",
});

/** Where the events of one call go. */
export type Notify = z.output<typeof notify>;
