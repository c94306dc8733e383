import { startEmbeddedMongo } from "@call-log/embedded-mongo";

// The embedded MongoDB in a process of its own. Arguments: port, and the folder of its data.
const [port, dataDir] = process.argv.slice(2);
const mongo = await startEmbeddedMongo({
  port: Number(port),
  ...(dataDir !== undefined && { dataDir }),
});
process.once("SIGTERM", () => void mongo.close().then(() => process.exit(0)));
