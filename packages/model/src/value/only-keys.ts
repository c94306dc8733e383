import { z } from "zod";

/**
 * An object with these keys and no others; another one is refused with a text that names it and those that are allowed.
 */
export function onlyKeys<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
): z.ZodObject<Shape, z.core.$strict> {
  const allowed = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== "unrecognized_keys") return undefined;
      const keys = issue["keys"] as string[];
      return `there is no ${keys.map((key) => JSON.stringify(key)).join(", ")}; allowed: ${allowed}`;
    },
  });
}
