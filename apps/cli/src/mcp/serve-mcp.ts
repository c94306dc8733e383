import { createMcpServer, type ToolApi } from "@call-log/mcp";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";

import type { CommandContext } from "../command.ts";
import { explainError } from "../output/explain-error.ts";

/** Serve the tools on standard input and output, until the assistant closes them or the user stops it. */
export async function serveMcp(api: ToolApi, { terminal, say }: CommandContext): Promise<void> {
  const { stdin, stdout, signal } = terminal;
  const server = createMcpServer({
    api,
    now: () => new Date(),
    closing: signal,
    errorText: (thrown) => explainError(thrown, undefined).text,
  });
  const closed = new Promise<void>((resolve) => {
    server.onclose = resolve;
  });
  server.onerror = (error) => say(error.message);
  const close = () => void server.close();
  stdin.once("end", close);
  signal.addEventListener("abort", close, { once: true });
  await server.connect(new StdioServerTransport(stdin, stdout));
  if (signal.aborted) close();
  await closed;
}
