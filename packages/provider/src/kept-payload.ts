import { cutText, MAX_PAYLOAD_BYTES, withMaskedNumbers } from "@call-log/model";

/** Longest value that is kept, in characters. */
const MAX_VALUE_LENGTH = 200;
/** How deep a body of JSON is read. */
const MAX_DEPTH = 5;

/** Names that databases treat as something else. */
const UNSTORABLE = /^\$|[.\0]/;
/** Names, without what stands before the last slash, that are columns of their own already. */
const COLUMNS = /^(callsid|callcontrolid|timestamp|occurredat|sequencenumber|digits?)$/;
/** Whom the call is between, and where they are. */
const PEOPLE =
  /^(forwardedfrom|(to|from|caller|called)(city|state|zip|country|name|)|.*(number|city|zip|postal|address|callerid).*)$/;
/** What must not be kept: proofs, accounts, labels with our own secrets, and what was said. */
const SECRETS =
  /(secret|token|password|signature|auth|account|apikey|clientstate|header|webhook|url|speech|transcript|text|message|utterance|recording|media)/;

/**
 * What is kept of a callback's body, a form or JSON, for somebody who wants to see what the provider really sent: names and values as they
 * came, at most 1 kB, without columns of our own, numbers, secrets and what was said. Undefined when nothing is left.
 */
export function payloadOf(rawBody: Buffer): Record<string, string> | undefined {
  const fields = fieldsOf(rawBody.toString("utf8")).filter(([name]) => isKept(name));
  const kept: Record<string, string> = {};
  // Of each one with its comma, which the first has not; its braces stand for those of all.
  let bytes = 1;
  for (const [name, value] of fields) {
    const shown = withMaskedNumbers(cutText(value, MAX_VALUE_LENGTH));
    const more = Buffer.byteLength(JSON.stringify({ [name]: shown })) - 1;
    if (bytes + more > MAX_PAYLOAD_BYTES) continue;
    kept[name] = shown;
    bytes += more;
  }
  return Object.keys(kept).length === 0 ? undefined : kept;
}

function isKept(name: string): boolean {
  if (UNSTORABLE.test(name)) return false;
  const last = (name.split("/").at(-1) ?? "").toLowerCase().replaceAll(/[^a-z]/g, "");
  const all = name.toLowerCase().replaceAll(/[^a-z]/g, "");
  return last !== "" && !COLUMNS.test(last) && !PEOPLE.test(last) && !SECRETS.test(all);
}

function fieldsOf(body: string): [string, string][] {
  if (!body.trimStart().startsWith("{")) return [...new URLSearchParams(body)];
  try {
    return flattened(JSON.parse(body) as unknown, []);
  } catch {
    // A SyntaxError: the provider's own reader has judged it already.
    return [];
  }
}

function flattened(value: unknown, path: readonly string[]): [string, string][] {
  if (path.length > MAX_DEPTH || value === null || value === undefined) return [];
  if (typeof value !== "object")
    return [[path.join("/"), typeof value === "string" ? value : JSON.stringify(value)]];
  return Object.entries(value).flatMap(([name, inner]) => flattened(inner, [...path, name]));
}
