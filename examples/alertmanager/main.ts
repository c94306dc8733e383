// Alertmanager → queue → phone. README.md has Alertmanager's configuration.
import { createCallProducer } from "@call-log/client/queue";

import { buildAlertReceiver } from "./alert-receiver.ts";

const producer = createCallProducer({
  redisUrl: process.env["REDIS_URL"] ?? "redis://127.0.0.1:6379",
});
const receiver = buildAlertReceiver({
  producer,
  projectId: process.env["PROJECT_ID"] ?? "",
  toNumber: process.env["ON_CALL_NUMBER"] ?? "+15550100100",
});

console.log(
  `listening on ${await receiver.listen({ port: Number(process.env["ALERTS_PORT"] ?? 9099) })}/alerts`,
);

process.once("SIGINT", () => {
  void receiver.close().then(() => producer.close());
});
