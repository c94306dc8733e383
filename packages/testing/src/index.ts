export * from "./fixtures.ts";
export * from "./fresh-database.ts";
export * from "./fresh-redis.ts";
export * from "./wait-for.ts";
