import { z } from "zod";

/** Page sizes that a list allows. */
export const PAGE = { defaultLimit: 10, maxLimit: 100, maxSkip: 1_000_000 } as const;

function wholeNumber(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

/** How many objects to fetch, as a JSON number. */
export const limit = wholeNumber(1, PAGE.maxLimit)
  .default(PAGE.defaultLimit)
  .meta({ description: "How many objects to fetch", example: 10 });

/** How many objects to skip, as a JSON number. */
export const skip = wholeNumber(0, PAGE.maxSkip)
  .default(0)
  .meta({ description: "How many objects to skip; for deep paging use the cursor", example: 0 });

function digits(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`;
  return z
    .string({ error })
    .regex(/^(0|[1-9]\d{0,6})$/, { error })
    .transform(Number)
    .pipe(wholeNumber(min, max));
}

/** Page parameters of an address: digits as text, each at most once. Absent ones stay absent, for the body to give. */
export const pageParameters = z.object({
  skip: digits(0, PAGE.maxSkip).optional(),
  limit: digits(1, PAGE.maxLimit).optional(),
});
