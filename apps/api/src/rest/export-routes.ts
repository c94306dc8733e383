import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import {
  EXPORT_FORMAT_NAMES,
  EXPORT_FORMATS,
  exportCalls,
  exportColumns,
  type ExportStyle,
} from "@call-log/export";
import { CallLogError, type Filter, issueText, propertiesOf, queryInput } from "@call-log/model";
import {
  actingOf,
  type RouterContext,
  maskedReader,
  requireVisibleFields,
  stillAllowed,
} from "@call-log/router";
import type { Authenticated, CallReader } from "@call-log/store";
import type { FastifyPluginAsync, FastifyRequest } from "fastify";
import { z } from "zod";

import type { ApiServices } from "../api-dependencies.ts";
import { reportError } from "../errors/error-reply.ts";
import { admit, requestContext } from "../request/request-context.ts";

const CONTENT_TYPES = {
  csv: "text/csv; charset=utf-8",
  jsonl: "application/x-ndjson; charset=utf-8",
} as const satisfies Record<keyof typeof EXPORT_FORMATS, string>;

const once = z.string({ error: "must be given once" });

const SHARED = { query: once.optional() };

/** Parameters of the address, by format. */
const PARAMETERS = {
  csv: z.strictObject({
    ...SHARED,
    columns: once.pipe(exportColumns).optional(),
    excel: z.enum(["true", "false"], { error: "must be true or false" }).optional(),
  }),
  jsonl: z.strictObject(SHARED),
} as const satisfies Record<keyof typeof EXPORT_FORMATS, z.ZodObject>;

/** `GET /export/calls.csv?query={…}&columns=…&excel=true`, and `.jsonl?query={…}`: every matching call log, oldest first, a page in memory at a time. */
export function exportRoutes(services: ApiServices): FastifyPluginAsync {
  return async (server) => {
    for (const format of EXPORT_FORMAT_NAMES)
      server.get(`/calls.${format}`, async (request, reply) => {
        const identity = await admit(services, { request, reply, operation: "read" });
        const context = requestContext(services, request);
        const { projectId } = identity;
        const { query, style } = askedFor(request, format);
        requireVisibleFields({ query }, identity);
        await writeExport({ ...context, identity }, format, query);
        const requireAllowed = stillAllowed(context, { identity, operation: "read" });
        const reader = askingFirst(maskedReader(services.reader, identity), requireAllowed);
        const gone = new AbortController();
        request.raw.once("close", () => gone.abort());
        const { signal } = gone;
        const calls = exportCalls({ reader, projectId, query, signal });
        const text = EXPORT_FORMATS[format](style);
        // A broken download has no end mark, so that nobody takes a part for the whole.
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

// Only names of properties: values may be phone numbers or spoken texts.
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

// A download may take minutes; it stops at the next page when its session or key has ended.
function askingFirst(
  reader: Pick<CallReader, "page">,
  requireAllowed: () => Promise<void>,
): Pick<CallReader, "page"> {
  return {
    page: async (request) => {
      await requireAllowed();
      return reader.page(request);
    },
  };
}

function askedFor(
  { query: given }: FastifyRequest,
  format: keyof typeof PARAMETERS,
): { query: Filter; style: ExportStyle } {
  const known = Object.keys(PARAMETERS[format].shape);
  const unknown = Object.keys(given as object).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new CallLogError(
      "BAD_REQUEST",
      `there is no such parameter of calls.${format}; allowed: ${known.join(", ")}`,
    );
  const asked = PARAMETERS[format].safeParse(given);
  if (!asked.success) throw new CallLogError("BAD_REQUEST", issueText(asked.error));
  const { query: text, ...style } = { columns: undefined, excel: undefined, ...asked.data };
  const query = queryInput.safeParse(text === undefined ? null : jsonOf(text));
  if (!query.success) throw new CallLogError("BAD_REQUEST", issueText(query.error, "query"));
  return { query: query.data, style: { ...style, excel: style.excel === "true" } };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new CallLogError("BAD_REQUEST", "query: must be JSON");
  }
}
