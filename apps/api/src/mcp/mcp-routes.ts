import { createMcpServer } from "@call-log/mcp";
import { CallLogError } from "@call-log/model";
import { createCaller, toCallLogError } from "@call-log/router";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";

import type { ApiServices } from "../api-dependencies.ts";
import { reportError } from "../errors/error-reply.ts";
import { noteForLog } from "../http/access-log.ts";
import { identifyBy } from "../request/request-context.ts";
import { callerApi } from "./caller-api.ts";
import { MCP_CHALLENGE, mcpContext, requireKey } from "./mcp-context.ts";
import { requireKnownOrigin } from "./mcp-origin.ts";

/** Where assistants connect. */
const PATH = "/mcp";
/** Headers of a request that the protocol reads. */
const READ_HEADERS = ["accept", "content-type", "mcp-protocol-version"];

/** The tools for assistants over streamable HTTP: each POST is answered by itself with JSON, so that any process may answer the next one. */
export function mcpRoutes(services: ApiServices): FastifyPluginAsync {
  return async (server) => {
    const closing = new AbortController();
    server.addHook("preClose", async () => closing.abort());
    server.addHook("onSend", async (_request, reply) => {
      if (reply.statusCode === 401) void reply.header("www-authenticate", MCP_CHALLENGE);
    });
    server.addHook("onRequest", async (request, reply) => {
      requireKnownOrigin(request);
      const context = mcpContext(services, request);
      requireKey(context);
      await identifyBy(context, { services, request, reply });
    });
    server.post(PATH, (request, reply) => answer(services, { request, reply }, closing.signal));
    // There is neither a stream to open nor a session to end.
    server.route({
      method: ["GET", "DELETE"],
      url: PATH,
      handler: async (request, reply) => {
        const text = "Send messages by POST: this server keeps no stream and no session.";
        const { id: requestId } = request;
        return reply
          .code(405)
          .header("allow", "POST")
          .send({ error: text, message: text, requestId });
      },
    });
  };
}

async function answer(
  services: ApiServices,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  closing: AbortSignal,
): Promise<FastifyReply> {
  const { body } = request;
  if (Array.isArray(body))
    throw new CallLogError("BAD_REQUEST", "The body must be one message: batches are not taken.");
  const server = serverFor(services, request, closing);
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  await server.connect(transport as Transport);
  // Ends what still waits when the caller goes away.
  reply.raw.once("close", () => void server.close());
  const response = await transport.handleRequest(asked(request), { parsedBody: body });
  const type = response.headers.get("content-type");
  if (type !== null) void reply.header("content-type", type);
  return reply.code(response.status).send(await response.text());
}

function asked({ headers, body }: FastifyRequest): Request {
  const given = READ_HEADERS.flatMap((name): [string, string][] => {
    const value = headers[name];
    return typeof value === "string" ? [[name, value]] : [];
  });
  const empty = body === undefined ? { body: "" } : {};
  return new Request(`http://call-log${PATH}`, { method: "POST", headers: given, ...empty });
}

function serverFor(services: ApiServices, request: FastifyRequest, closing: AbortSignal) {
  const context = mcpContext(services, request);
  const api = callerApi((signal) => createCaller(context, signal && { signal }));
  const { now } = services;
  return createMcpServer({
    api: {
      ...api,
      async place(asks) {
        const answered = await api.place(asks);
        noteForLog(request, { callLogId: answered._id });
        return answered;
      },
    },
    now,
    closing,
    onTool: (tool) => noteForLog(request, { tool }),
    errorText: (thrown) => textOf(thrown, request),
  });
}

// The procedures report their own unexpected errors.
function textOf(thrown: unknown, request: FastifyRequest): string {
  const error = toCallLogError(thrown);
  if (error.httpStatus < 500) return error.message;
  if (!(thrown instanceof Error && thrown.name === "TRPCError")) reportError(request, error);
  return `${error.message} (request ${request.id})`;
}
