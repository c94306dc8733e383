import { setTimeout as delay } from "node:timers/promises";

import { CallLogError, RELEASE_VERSION } from "@call-log/model";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import {
  CallToolRequestSchema,
  type CallToolResult,
  ListToolsRequestSchema,
  type Tool as ListedTool,
} from "@modelcontextprotocol/sdk/types.js";
import { AjvJsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/ajv-provider.js";

import type { ToolApi } from "./tool-api.ts";
import type { Tool, ToolContext } from "./tool.ts";
import { TOOLS } from "./tools/index.ts";

const INSTRUCTIONS =
  "call-log places phone calls and keeps the record of them. To answer whether somebody was reached, use explain_call with a number, a name or an incident. Times are in UTC unless timeZone is given. Never place a call that the user has not asked for; place_call without confirm is a dry run.";

const LISTED: ListedTool[] = TOOLS.map((tool) => ({
  name: tool.name,
  title: tool.title,
  description: tool.description,
  inputSchema: tool.inputSchema,
  outputSchema: tool.outputSchema,
  annotations: { title: tool.title, ...tool.hints },
}));

// Making one takes longer than answering a request.
const VALIDATOR = new AjvJsonSchemaValidator();

/** What a server is made of. */
export interface McpServerOptions {
  api: ToolApi;
  now: () => Date;
  /** The text for the caller of whatever was thrown; also the place to log what is not the caller's fault. */
  errorText: (thrown: unknown) => string;
  /** Aborted when the process ends: waits end early. @defaultValue never */
  closing?: AbortSignal;
  /** Called with the name of each tool that is used. */
  onTool?: (name: string) => void;
}

/** A server of the tools, to be connected with a transport. Every failure of a tool is an answer in words, never an error of the protocol. */
export function createMcpServer(options: McpServerOptions): Server {
  const { api, now, closing } = options;
  const server = new Server(
    { name: "call-log", title: "call-log", version: RELEASE_VERSION },
    {
      capabilities: { tools: {} },
      instructions: INSTRUCTIONS,
      jsonSchemaValidator: VALIDATOR,
    },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: LISTED }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
    const signals = closing === undefined ? [signal] : [signal, closing];
    const context = { api, now, after, signal: AbortSignal.any(signals) };
    return callTool(params, context, options);
  });
  return server;
}

async function after(seconds: number, signal: AbortSignal): Promise<void> {
  await delay(seconds * 1000, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

async function callTool(
  { name, arguments: given }: { name: string; arguments?: unknown },
  context: ToolContext,
  { errorText, onTool }: McpServerOptions,
): Promise<CallToolResult> {
  try {
    const tool = toolNamed(name);
    onTool?.(tool.name);
    const { data, text } = await tool.call(given, context);
    return { content: [{ type: "text", text }], structuredContent: data };
  } catch (error) {
    return { content: [{ type: "text", text: errorText(error) }], isError: true };
  }
}

function toolNamed(name: string): Tool {
  const tool = TOOLS.find((one) => one.name === name);
  if (tool !== undefined) return tool;
  const names = TOOLS.map((one) => one.name).join(", ");
  throw new CallLogError("NOT_FOUND", `There is no such tool; there are: ${names}`);
}
