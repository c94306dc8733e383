import { Readable } from "node:stream";

import type { EXPORT_FORMATS } from "@call-log/export";

import type { ApiAccess } from "../access/access.ts";
import { CliError } from "../cli-error.ts";

/** What is exported through the api. */
export interface RemoteExport {
  format: keyof typeof EXPORT_FORMATS;
  /** As the command line has them; absent ones are not sent. */
  parameters: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal;
}

const CONTENT_TYPES = {
  csv: "text/csv",
  jsonl: "application/x-ndjson",
} as const satisfies Record<RemoteExport["format"], string>;

/** The text of an export through the api. Throws a CliError with the words of the api's refusal, or when something else answers. */
export async function openRemoteExport(
  { url, apiKey }: ApiAccess,
  { format, parameters, signal }: RemoteExport,
): Promise<Readable> {
  const address = new URL(`export/calls.${format}`, url.endsWith("/") ? url : `${url}/`);
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) address.searchParams.set(name, value);
  const answer = await fetch(address, { headers: { ApiKey: apiKey }, signal }).catch(
    (cause: unknown) => {
      throw signal.aborted ? stopped(cause) : nothingThere(codeOf(cause), cause);
    },
  );
  if (!answer.ok) throw new CliError(await refusalOf(answer));
  const type = answer.headers.get("content-type") ?? "";
  if (answer.body === null || !type.startsWith(CONTENT_TYPES[format]))
    throw nothingThere(`content type ${type.split(";", 1)[0]}`, answer.status);
  return Readable.from(whole(Readable.fromWeb(answer.body), signal));
}

async function* whole(body: Readable, signal: AbortSignal): AsyncGenerator<Buffer> {
  try {
    yield* body as AsyncIterable<Buffer>;
  } catch (cause) {
    if (signal.aborted) throw stopped(cause);
    throw new CliError("the export broke off; it is not whole", { cause });
  }
}

async function refusalOf(answer: Response): Promise<string> {
  const text = await answer.text();
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    if (typeof error === "string") return error;
  } catch {
    // Not the words of an api of call-log.
  }
  return `--url: nothing that speaks call-log answers there (HTTP ${answer.status})`;
}

function nothingThere(what: string, cause: unknown): CliError {
  return new CliError(`--url: nothing that speaks call-log answers there (${what})`, { cause });
}

function stopped(cause: unknown): CliError {
  return new CliError("stopped; the export is not whole", { cause });
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && "code" in cause ? String(cause.code) : String(error);
}
