import { startEmbeddedMongo } from "@call-log/embedded-mongo";

// The embedded MongoDB in a process of its own, so that it can be killed alone. Arguments: port, folder.
const [port, dataDir] = process.argv.slice(2);
await startEmbeddedMongo({ port: Number(port), dataDir: dataDir! });
