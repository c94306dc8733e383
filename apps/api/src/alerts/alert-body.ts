import { CallLogError } from "@call-log/model";

const MAX_DEPTH = 40;

/** The JSON that a source sent, of whatever content type. Bytes that are no UTF-8 are replaced, so that one character loses no alert. */
export function parseAlertBody(bytes: unknown): unknown {
  const text = Buffer.isBuffer(bytes) ? new TextDecoder().decode(bytes) : "";
  if (text.trim() === "")
    throw new CallLogError("BAD_REQUEST", "The body is empty; a notification as JSON is expected.");
  const body = parseJson(text);
  if (isDeeper(body, MAX_DEPTH))
    throw new CallLogError(
      "BAD_REQUEST",
      `The body is nested too deep. At most ${MAX_DEPTH} levels are allowed.`,
    );
  return body;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CallLogError(
      "BAD_REQUEST",
      "The body is not valid JSON. Let the source send JSON (application/json), not a form.",
      { cause },
    );
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}
