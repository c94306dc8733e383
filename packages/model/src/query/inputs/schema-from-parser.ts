import { z } from "zod";

import { QueryIssue } from "../conditions/query-issue.ts";
import type { QueryName } from "../query-names.ts";

/**
 * A zod schema around a parser of our own: any input, typed output, a `QueryIssue` as an issue at its place. The OpenAPI document describes the
 * input by the schema `name` or null; the schema itself is made there, since it is large and browsers do not need it.
 */
export function schemaFromParser<Input, Output>(
  parse: (input: unknown) => Output,
  name: QueryName,
) {
  const documented = { anyOf: [{ $ref: `#/components/schemas/${name}` }, { type: "null" }] };
  // What a caller may write is looser than `Input`: the parser decides.
  const anything: z.ZodType<Input> = z.custom<Input>().meta(documented);
  return anything.transform((input, context) => {
    try {
      return parse(input);
    } catch (error) {
      if (!(error instanceof QueryIssue)) throw error;
      context.addIssue({ code: "custom", path: [...error.path], message: error.message });
      return z.NEVER;
    }
  });
}
