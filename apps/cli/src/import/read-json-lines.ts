import type { Readable } from "node:stream";

import { linesOf } from "./lines-of.ts";
import type { SourceRow } from "./source-row.ts";

/**
 * The rows of a file with one JSON object a line; empty lines are none. A line that is not JSON does not stop the
 * others.
 */
export async function* readJsonLines(source: Readable): AsyncGenerator<SourceRow> {
  let line = 0;
  let number = 0;
  for await (const text of linesOf(source)) {
    line += 1;
    // A byte order mark counts as white space.
    if (text.trim() === "") continue;
    number += 1;
    yield { number, line, content: contentOf(text.trim()) };
  }
}

function contentOf(text: string): SourceRow["content"] {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { unreadable: "is not JSON" };
  }
}
