import { build, install } from "./prepare.mjs";

install();
build();
await import("../apps/standalone/dist/main.js");
