import { startWorkers } from "@call-log/dispatcher";

import { answerQuestions } from "../node-process.ts";
import { connectProduct } from "./connect-product.ts";
import { ownOptions } from "./process-options.ts";

const connections = await connectProduct(ownOptions());
const workers = startWorkers(connections.dispatcher);
process.once("SIGTERM", () => {
  void workers.close().then(async () => {
    await connections.close();
    process.exit();
  });
});
answerQuestions(async () => "ready");
