export { runCli } from "./cli.ts";
export type { Terminal } from "./output/terminal.ts";
