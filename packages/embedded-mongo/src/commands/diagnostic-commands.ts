import type { CommandReply } from "../command-context.ts";

/** Answers that the server is there. */
export function ping(): CommandReply {
  return {};
}

/** Returns the version of MongoDB that this server follows, and its own name. */
export function buildInfo(): CommandReply {
  return {
    version: "7.0.0",
    versionArray: [7, 0, 0, 0],
    gitVersion: "call-log-embedded-mongo",
    modules: ["call-log-embedded-mongo"],
    bits: 64,
    debug: false,
    maxBsonObjectSize: 16 * 1024 * 1024,
  };
}
