import { z } from "zod";

/**
 * A number as text: digits with a sign and a point, and nothing else that `Number` would take, such as blanks, an
 * exponent or 0x.
 */
export const decimalText = z
  .string()
  .regex(/^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$/)
  .transform(Number)
  .pipe(z.number());
