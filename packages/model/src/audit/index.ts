export * from "./act.ts";
export * from "./actor.ts";
export * from "./audit-line.ts";
