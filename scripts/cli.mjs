import { build, install } from "./prepare.mjs";

install();
build();
await import("../apps/cli/dist/main.js");
