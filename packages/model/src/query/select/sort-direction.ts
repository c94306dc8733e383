import { z } from "zod";

/** A direction of a sort order: 1, -1, or `ASC` and `DESC` in any letter case. */
export function directionSchema(error?: string) {
  const name = z.string().regex(/^(?:[aA][sS][cC]|[dD][eE][sS][cC])$/);
  return z.union([z.literal([1, -1]), name], error === undefined ? undefined : { error });
}
