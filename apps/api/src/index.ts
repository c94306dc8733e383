export type { ApiDependencies } from "./api-dependencies.ts";
export { serverOn } from "./api-process.ts";
// With it comes `drain` of a Fastify instance, whose type the built files would not know otherwise.
export type { Drain } from "./http/drain.ts";
export { runApi } from "./run-api.ts";
export { buildServer } from "./server.ts";
