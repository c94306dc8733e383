import { z } from "zod";

import { shortText } from "../value/short-text.ts";

const asked = z.strictObject({ as: z.enum(["not-placed", "call-again"]) });

const placed = z.strictObject({
  as: z.literal("placed"),
  providerCallId: shortText(100, "must be the provider's id of the call").meta({
    description: "Id of the call at the provider",
    example: "CA0123456789abcdef",
  }),
});

/**
 * What a person knows of a call that is held as `Unknown`: nothing was dialled; call again in any case; or it is this call at the provider.
 */
export const callResolution = z
  .discriminatedUnion("as", [asked, placed], {
    error:
      'must be {"as": "not-placed"}, {"as": "call-again"} or {"as": "placed", "providerCallId": …}',
  })
  .meta({ id: "CallResolution", title: "Resolution of an unknown call" });

/** What a person knows of a call that is held as `Unknown`. */
export type CallResolution = z.output<typeof callResolution>;
