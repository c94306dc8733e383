import { figuresCsv, wholeFigures } from "@call-log/export";
import { CallLogError, figureDimension, figuresInput, issueText } from "@call-log/model";
import { maskedReader } from "@call-log/router";
import type { FastifyPluginAsync, FastifyRequest } from "fastify";
import { z } from "zod";

import type { ApiServices } from "../api-dependencies.ts";
import { admit } from "../request/request-context.ts";

const once = z.string({ error: "must be given once" });

const PARAMETERS = z.strictObject({
  by: figureDimension,
  query: once.optional(),
  from: once.optional(),
  to: once.optional(),
  timeZone: once.optional(),
  excel: z.enum(["true", "false"], { error: "must be true or false" }).optional(),
});

const BYTE_ORDER_MARK = "\uFEFF";

/** `GET /export/figures.csv?by=country&from=…&to=…&timeZone=…&query={…}`: figures of all matching calls by one dimension. */
export function figuresCsvRoute(services: ApiServices): FastifyPluginAsync {
  return async (server) => {
    server.get("/figures.csv", async (request, reply) => {
      const identity = await admit(services, { request, reply, operation: "read" });
      const { by, isForExcel, question } = askedFor(request);
      const gone = new AbortController();
      request.raw.once("close", () => gone.abort());
      const reader = maskedReader(services.reader, identity);
      const asked = { ...question, projectId: identity.projectId };
      const text = figuresCsv(by, await wholeFigures(reader, asked, gone.signal), question);
      return reply
        .type("text/csv; charset=utf-8")
        .header("content-disposition", `attachment; filename="figures-by-${by}.csv"`)
        .send(isForExcel ? BYTE_ORDER_MARK + text : text);
    });
  };
}

function askedFor({ query: given }: FastifyRequest) {
  const known = Object.keys(PARAMETERS.shape);
  const unknown = Object.keys(given as object).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new CallLogError(
      "BAD_REQUEST",
      `there is no such parameter of figures.csv; allowed: ${known.join(", ")}`,
    );
  const asked = PARAMETERS.safeParse(given);
  if (!asked.success) throw new CallLogError("BAD_REQUEST", issueText(asked.error));
  const { by, query, excel, ...rest } = asked.data;
  const question = figuresInput.safeParse({
    ...rest,
    by: [by],
    query: query === undefined ? null : jsonOf(query),
  });
  if (!question.success) throw new CallLogError("BAD_REQUEST", issueText(question.error));
  return { by, isForExcel: excel === "true", question: question.data };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new CallLogError("BAD_REQUEST", "query: must be JSON");
  }
}
