export type { ApiDependencies } from "./api-dependencies.ts";
export { serverOn } from "./api-process.ts";
export { buildServer } from "./server.ts";
