import { objectId } from "@call-log/model";
import { z } from "zod";

import { defineTool } from "../tool.ts";

/** `cancel_call`: no further attempt, and the end of a call that rings. */
export const cancelCall = defineTool({
  name: "cancel_call",
  title: "Cancel a call",
  description:
    "Stop a phone call: a call that waits is not dialled, one that rings or runs is ended, and no attempt follows. Find its id with find_calls (status: open).",
  hints: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
  needs: "dispatch",
  input: z.strictObject({ id: objectId.meta({ description: "The call log" }) }),
  output: z.object({ id: z.string(), status: z.string() }),
  async run({ id }, { api }) {
    const { _id, status } = await api.cancel(id);
    const text =
      status === "Canceled"
        ? `Call ${_id} is canceled.`
        : `Call ${_id} is being ended at the provider; no attempt follows. Its status is ${status} until the provider confirms.`;
    return { data: { id: _id, status }, text };
  },
});
