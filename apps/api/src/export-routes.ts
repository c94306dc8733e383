import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import { EXPORT_FORMAT_NAMES, EXPORT_FORMATS, exportCalls } from "@call-log/export";
import { CallLogError, type Filter, issueText, propertiesOf, queryInput } from "@call-log/model";
import {
  actingOf,
  type RouterContext,
  authenticate,
  authorize,
  readerFor,
  requireAllowedQuestion,
  stillAllowed,
} from "@call-log/router";
import type { Authenticated, CallReader } from "@call-log/store";
import type { FastifyPluginAsync, FastifyRequest } from "fastify";

import type { ApiServices } from "./api-dependencies.ts";
import { reportError } from "./error-reply.ts";
import { admit, requestContext } from "./request-context.ts";

const CONTENT_TYPES = {
  csv: "text/csv; charset=utf-8",
  jsonl: "application/x-ndjson; charset=utf-8",
} as const satisfies Record<keyof typeof EXPORT_FORMATS, string>;

/** `GET /export/calls.csv?query={…}`, and `.jsonl`: every matching call log, oldest first, a page in memory at a time. */
export function exportRoutes(services: ApiServices): FastifyPluginAsync {
  return async (server) => {
    for (const format of EXPORT_FORMAT_NAMES)
      server.get(`/calls.${format}`, async (request, reply) => {
        await admit(services, { request, reply, operation: "read" });
        const context = requestContext(services, request);
        const identity = authorize(await authenticate(context), "read");
        const { projectId } = identity;
        const query = queryOf(request);
        requireAllowedQuestion({ query }, identity);
        await writeExport({ ...context, identity }, format, query);
        const requireAllowed = stillAllowed(context, { identity, operation: "read" });
        const reader = askingFirst(readerFor(services.reader, identity), requireAllowed);
        const gone = new AbortController();
        request.raw.once("close", () => gone.abort());
        const { signal } = gone;
        const calls = exportCalls({ reader, projectId, query, signal, onPage: () => undefined });
        const text = EXPORT_FORMATS[format]();
        // A download that breaks off is a failed one: its end is not marked, so no part is taken for the whole.
        pipeline(Readable.from(calls), text).catch((cause: unknown) => {
          const isOfCaller = cause instanceof CallLogError && cause.httpStatus < 500;
          if (signal.aborted || isOfCaller) return;
          const error = new CallLogError("INTERNAL_SERVER_ERROR", "The export broke off.", {
            cause,
          });
          reportError(request, error);
        });
        return reply
          .type(CONTENT_TYPES[format])
          .header("content-disposition", `attachment; filename="calls.${format}"`)
          .send(text);
      });
  };
}

// Names of properties alone: what was asked for may be a number or a spoken text.
async function writeExport(
  context: RouterContext & { identity: Authenticated },
  format: string,
  query: Filter,
): Promise<void> {
  await context.store.audit.write({
    act: "calls.export",
    acting: actingOf(context),
    projectId: context.identity.projectId,
    facts: { format, filteredBy: propertiesOf(query) },
  });
}

// A download may take minutes; one whose session or key has ended breaks off at its next page.
function askingFirst(
  reader: Pick<CallReader, "list">,
  requireAllowed: () => Promise<void>,
): Pick<CallReader, "list"> {
  return {
    list: async (request) => {
      await requireAllowed();
      return reader.list(request);
    },
  };
}

function queryOf({ query }: FastifyRequest) {
  const { query: text } = query as { query?: unknown };
  const parsed = queryInput.safeParse(text === undefined ? null : jsonOf(text));
  if (parsed.success) return parsed.data;
  throw new CallLogError("BAD_REQUEST", issueText(parsed.error, "query"));
}

function jsonOf(text: unknown): unknown {
  try {
    return JSON.parse(String(text)) as unknown;
  } catch {
    throw new CallLogError("BAD_REQUEST", "query: must be JSON");
  }
}
