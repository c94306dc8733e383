import type { Readable } from "node:stream";

import { none } from "stream-chain/defs.js";
import { gen } from "stream-chain/gen.js";
import { pick } from "stream-json/filters/pick.js";
import { parser } from "stream-json/parser.js";
import { streamValues } from "stream-json/streamers/stream-values.js";

import { CliError } from "../cli-error.ts";
import type { SourceRow } from "./source-row.ts";

// Elements of an array, or of `data` in a get-list answer; `jsonStreaming` takes several answers after another, as pages are.
const ROWS = /^(data\.)?\d+$/;

/**
 * The rows of a JSON array or of get-list answers, without ever holding the file. A syntax error ends it: what follows
 * has no meaning.
 */
export async function* readJson(source: Readable): AsyncGenerator<SourceRow> {
  let number = 0;
  try {
    for await (const { value } of elementsOf(source)) {
      number += 1;
      yield { number, content: { value } };
    }
  } catch (error) {
    if (!(error instanceof Error) || "code" in error) throw error;
    throw new CliError(`FILE: is not JSON, some way after row ${number}: ${error.message}`, {
      cause: error,
    });
  }
}

// By hand rather than as Node streams, which would throw away the rows that they hold when an error comes.
async function* elementsOf(source: Readable): AsyncGenerator<{ value: unknown }> {
  const parse = gen(parser({ jsonStreaming: true }), pick({ filter: ROWS }), streamValues()) as (
    chunk: string | typeof none,
  ) => AsyncGenerator<{ value: unknown }>;
  source.setEncoding("utf8");
  for await (const chunk of source) yield* parse(chunk as string);
  yield* parse(none);
}
