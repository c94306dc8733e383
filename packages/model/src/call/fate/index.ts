export { type CallAdvice, consoleOf } from "./call-advice.ts";
export { carrierPagesOf } from "./carrier-pages.ts";
export type { FatePlace } from "./fate.ts";
export { providerWords } from "./story-details.ts";
