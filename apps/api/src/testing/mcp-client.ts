import { fileURLToPath } from "node:url";

import { programArguments } from "@call-log/testing";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { CallToolResultSchema } from "@modelcontextprotocol/sdk/types.js";

const CLI = fileURLToPath(new URL("../../../cli/src/main.ts", import.meta.url));

/** What a tool answered. */
export interface ToolReply {
  text: string;
  data: Record<string, unknown>;
  isError: boolean;
}

/** An assistant's end of a connection. */
export interface Assistant {
  client: Client;
  /** Call a tool; its data is checked against the schema that the server listed. */
  tool(name: string, given?: Record<string, unknown>): Promise<ToolReply>;
  close(): Promise<void>;
}

/** Where the API is, and with which key an assistant asks. */
export interface AssistantAccess {
  url: string;
  key: string;
}

/** Connect over streamable HTTP. */
export function assistantByHttp({ url, key }: AssistantAccess): Promise<Assistant> {
  const requestInit = { headers: { Authorization: `Bearer ${key}` } };
  const address = new URL(`${url}/mcp`);
  return connected(new StreamableHTTPClientTransport(address, { requestInit }) as Transport);
}

/** Start the command line as an assistant does, and connect with its standard input and output. */
export function assistantByStdio({ url, key }: AssistantAccess): Promise<Assistant> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [...programArguments(CLI), "mcp"],
    env: { CALL_LOG_URL: url, CALL_LOG_API_KEY: key },
  });
  return connected(transport);
}

async function connected(transport: Transport): Promise<Assistant> {
  const client = new Client({ name: "test", version: "1" });
  await client.connect(transport);
  await client.listTools();
  return {
    client,
    async tool(name, given = {}) {
      const asked = { name, arguments: given };
      const reply = CallToolResultSchema.parse(await client.callTool(asked));
      const [first] = reply.content;
      return {
        text: first?.type === "text" ? first.text : "",
        data: reply.structuredContent ?? {},
        isError: reply.isError === true,
      };
    },
    close: () => client.close(),
  };
}
