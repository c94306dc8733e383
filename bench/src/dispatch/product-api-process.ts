import { serverOn } from "@call-log/api";
import { signInSettings } from "@call-log/runtime";

import { answerQuestions } from "../node-process.ts";
import { connectProduct } from "./connect-product.ts";
import { ownOptions } from "./process-options.ts";

const options = ownOptions();
const connections = await connectProduct(options);
// Requests are counted, so that it is measured, and never refused.
const config = { ...signInSettings.parse({}), REQUESTS_PER_MINUTE: 1_000_000_000 };
const server = await serverOn(connections, { config });
await server.listen({ port: options.port, host: "127.0.0.1" });
process.once("SIGTERM", () => {
  void server.close().then(async () => {
    await connections.close();
    process.exit();
  });
});
answerQuestions(async () => "ready");
