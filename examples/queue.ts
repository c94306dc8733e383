// The queue: for pipelines that do not wait for an answer. Only Redis has to be up; a worker takes the request when it can.
import { createCallProducer } from "@call-log/client/queue";

// `npm start` prints the project; .data/standalone.json has the address.
const redisUrl = process.env["REDIS_URL"] ?? "redis://127.0.0.1:6379";
const projectId = process.env["PROJECT_ID"] ?? "";

const producer = createCallProducer({ redisUrl });

// A pipeline that reads its input twice after a crash adds the job twice: the idempotency key makes one call of them.
const job = await producer.add(projectId, {
  toNumber: "+1-555-010-0100",
  say: "The database of shop.example is down.",
  idempotencyKey: `queue-example-${Date.now()}`,
  tags: ["example"],
});

console.log(`queued as job ${job.jobId}; see it with: npm run --silent cli -- list`);
await producer.close();
