import { CallLogError } from "@call-log/model";
import type { FastifyInstance } from "fastify";

/** Read bodies as JSON: an object, or nothing at all. Anything but JSON is refused, since ignoring a filter would list everything. */
export function parseJsonBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    /^application\/json\b/i,
    { parseAs: "string" },
    async (_request: unknown, text: string) => parseJson(text),
  );
}

function parseJson(text: string): unknown {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CallLogError("BAD_REQUEST", "The body is not valid JSON.", { cause });
  }
}
