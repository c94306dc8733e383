export { createMcpServer, type McpServerOptions } from "./create-mcp-server.ts";
export type { CallPage, HealthView, ListRequest, ToolApi } from "./tool-api.ts";
export { TOOLS } from "./tools/index.ts";
