import { build, install } from "./prepare.mjs";

await install();
await build();
await import("../apps/cli/dist/main.js");
