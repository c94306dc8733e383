import type { ExchangeOptions } from "./exchange.ts";
import { buildFakeTwilio } from "./fake-twilio-server.ts";

// The fake in a process of its own. Its options come as JSON on the command line; it says on standard output where it listens.
const { port, ...options } = JSON.parse(process.argv[2]!) as ExchangeOptions & { port: number };
const url = await buildFakeTwilio(options).listen({ host: "127.0.0.1", port });
process.stdout.write(`${url}\n`);
