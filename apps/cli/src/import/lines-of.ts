import type { Readable } from "node:stream";

/**
 * The lines of UTF-8 text as they end with LF or CR LF, and with nothing else: JSON may hold other line breaks bare.
 */
export async function* linesOf(source: Readable): AsyncGenerator<string> {
  source.setEncoding("utf8");
  let parts: string[] = [];
  for await (const chunk of source as AsyncIterable<string>) {
    const [first = "", ...others] = chunk.split("\n");
    parts.push(first);
    for (const next of others) {
      yield withoutReturn(parts.join(""));
      parts = [next];
    }
  }
  const last = withoutReturn(parts.join(""));
  if (last !== "") yield last;
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}
