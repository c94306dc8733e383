export { runCliProcess } from "./cli-process.ts";
export type { ServerCommand } from "./server-command.ts";
