import type { Bootstrap } from "./bootstrap.ts";

/** A number of the simulated provider: a person answers and presses 4. */
const EXAMPLE_NUMBER = "+15550100100";

/** What the welcome text tells. */
export interface Welcome extends Bootstrap {
  url: string;
  redisUrl: string;
  mongoLabel: string;
  redisLabel: string;
  dataDir: string;
}

/** What is printed once the product answers: its address, the key, and three lines to copy, one per door. */
export function welcomeText(welcome: Welcome): string {
  const { url, redisUrl, projectId, dataDir } = welcome;
  const key = welcome.apiKey ?? "YOUR_API_KEY";
  const request = JSON.stringify({ toNumber: EXAMPLE_NUMBER, say: "The database is down." });
  const curl = `curl -s ${url}/api/call-log -H 'ApiKey: ${key}' -H 'Content-Type: application/json' -d '${request}'`;
  const trpc = nodeLine(
    "createCallLogClient",
    `console.log(await createCallLogClient({ url: "${url}", apiKey: "${key}" }).calls.dispatch.mutate(${request}))`,
  );
  const queue = nodeLine(
    "createCallProducer",
    `const producer = createCallProducer({ redisUrl: "${redisUrl}" }); console.log(await producer.add("${projectId}", ${request})); await producer.close()`,
  );
  return [
    "",
    `call-log is ready: ${url}`,
    "",
    `  Dashboard ${url}   (sign in with the API key)`,
    `  API key   ${keyLine(welcome)}`,
    `  Project   ${projectId}`,
    `  MongoDB   ${welcome.mongoLabel}`,
    `  Redis     ${welcome.redisLabel}`,
    `  Data      ${dataDir}`,
    "",
    "Place a call (simulated: no phone rings, nothing is charged) by any of three doors:",
    "",
    `  # REST\n  ${curl}`,
    "",
    `  # tRPC\n  ${trpc}`,
    "",
    `  # queue (BullMQ)\n  ${queue}`,
    "",
    "Read it back:",
    "",
    `  curl -s '${url}/api/call-log/get-list?limit=10' -H 'ApiKey: ${key}' -H 'Content-Type: application/json' -d '{"select":{"status":true,"toNumber":true,"answeredBy":true,"callCostInUSDCents":true}}'`,
    "",
    "Ctrl-C stops it; nothing is lost.",
    "",
  ].join("\n");
}

function keyLine({ apiKey }: Bootstrap): string {
  if (apiKey !== undefined) return `${apiKey}   (keep it: it can't be shown again)`;
  return 'as before; make another one with: npm run --silent cli -- key create --project ID --permission "Project Owner"';
}

function nodeLine(name: string, code: string): string {
  return `node -e 'import("@call-log/client").then(async ({ ${name} }) => { ${code} })'`;
}
