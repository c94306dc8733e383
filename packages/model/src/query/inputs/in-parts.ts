import { z } from "zod";

const ofThePartBefore = "must be the nextCursor of the answer before";

/** Where an answer in parts goes on: the `nextCursor` of the part before. */
export const partCursor = z
  .string({ error: ofThePartBefore })
  .min(1, { error: ofThePartBefore })
  .max(1000, { error: "is not a cursor of this API" })
  .optional()
  .meta({ description: "The nextCursor of the answer before, with the same question" });

/** How lists, counts and sums are asked for that may take longer than one answer. */
export const inParts = z.boolean({ error: "must be true or false" }).optional().meta({
  description:
    "True: what takes too long for one answer is answered as far as it is known, with where to go on. Else everything, or 400",
});
