import { CallLogError, issueText, type ProjectOperation } from "@call-log/model";
import { z } from "zod";

import type { ToolApi } from "./tool-api.ts";

/** What surrounds the call of a tool. */
export interface ToolContext {
  api: ToolApi;
  now: () => Date;
  /** Resolves after so many seconds, or when the signal is aborted. */
  after: (seconds: number, signal: AbortSignal) => Promise<void>;
  /** Aborted when nobody waits for the answer any longer, or the process ends. */
  signal: AbortSignal;
}

/** The answer of a tool: data for programs, and the same in a few plain sentences. */
export interface ToolAnswer<O> {
  data: O;
  text: string;
}

/** Hints for the assistant, as the protocol has them. */
export interface ToolHints {
  readOnlyHint: boolean;
  destructiveHint: boolean;
  idempotentHint: boolean;
  openWorldHint: boolean;
}

/** One tool as the server lists and calls it. */
export interface Tool {
  name: string;
  title: string;
  description: string;
  hints: ToolHints;
  /** What a key must be allowed, for the documentation: the procedures behind it decide. */
  needs: ProjectOperation;
  /** JSON Schemas of its arguments and of its data. */
  inputSchema: JsonObjectSchema;
  outputSchema: JsonObjectSchema;
  /** Check the arguments and run it. Throws a CallLogError for bad arguments. */
  call(given: unknown, context: ToolContext): Promise<ToolAnswer<Record<string, unknown>>>;
}

/** A JSON Schema of an object. */
export type JsonObjectSchema = { type: "object"; [key: string]: unknown };

/** A tool that only reads. */
export const READS: ToolHints = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};

/** A tool from its schemas and a function. */
export function defineTool<I extends z.ZodObject, O extends z.ZodObject>(definition: {
  name: string;
  title: string;
  description: string;
  hints: ToolHints;
  needs: ProjectOperation;
  input: I;
  output: O;
  run: (input: z.output<I>, context: ToolContext) => Promise<ToolAnswer<z.input<O>>>;
}): Tool {
  const { name, title, description, hints, needs, input, output, run } = definition;
  return {
    name,
    title,
    description,
    hints,
    needs,
    inputSchema: jsonSchema(input, "input"),
    outputSchema: jsonSchema(output, "output"),
    async call(given, context) {
      const parsed = input.safeParse(given ?? {});
      if (!parsed.success)
        throw new CallLogError("BAD_REQUEST", issueText(parsed.error), { cause: parsed.error });
      const { data, text } = await run(parsed.data, context);
      return { data: data as Record<string, unknown>, text };
    },
  };
}

function jsonSchema(schema: z.ZodObject, io: "input" | "output"): JsonObjectSchema {
  const { $schema: _dialect, ...own } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    // An assistant reads every schema with each conversation, and knows the format by its name.
    override: ({ jsonSchema: part }) => {
      if (part.format !== undefined) delete part.pattern;
    },
  });
  return own as JsonObjectSchema;
}
