import { isUtf8 } from "node:buffer";

import { CallLogError } from "@call-log/model";
import type { FastifyInstance } from "fastify";

/** Deepest nesting of a body; no valid input is nested that deep. */
const MAX_DEPTH = 40;

const BYTE_ORDER_MARK = "\uFEFF";

/** Parse bodies as JSON; an empty body is none. Other types are refused, since an ignored filter would list everything. */
export function parseJsonBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("application/json", { parseAs: "buffer" }, readJson);
  server.addContentTypeParser("*", { parseAs: "buffer" }, readNothing);
}

async function readJson(_request: unknown, bytes: Buffer): Promise<unknown> {
  const value = parseJson(bytes);
  if (isDeeper(value, MAX_DEPTH))
    throw new CallLogError(
      "BAD_REQUEST",
      `The body is nested too deep. At most ${MAX_DEPTH} levels are allowed.`,
    );
  return value;
}

function parseJson(bytes: Buffer): unknown {
  try {
    const text = textOf(bytes);
    return text.trim() === "" ? undefined : JSON.parse(text);
  } catch (cause) {
    throw new CallLogError("BAD_REQUEST", "The body is not valid JSON.", { cause });
  }
}

function textOf(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new TypeError("not UTF-8");
  const text = bytes.toString();
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

async function readNothing(_request: unknown, bytes: Buffer): Promise<undefined> {
  if (bytes.length === 0) return undefined;
  throw new CallLogError(
    "UNSUPPORTED_MEDIA_TYPE",
    'The body must be JSON, sent with "Content-Type: application/json".',
  );
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}
