import path from "node:path";

import { STANDALONE_FILE } from "@call-log/model";

import type { Bootstrap } from "./bootstrap.ts";
import type { PrintedBootstrap } from "./first-key.ts";

/** A number of the simulated provider: a person answers and presses 4. */
const EXAMPLE_NUMBER = "+15550100100";
/** No phone number, so that a command which is copied as it stands calls nobody. */
const ANY_NUMBER = "YOUR_NUMBER";

/** What the welcome text tells. */
export interface Welcome extends PrintedBootstrap {
  url: string;
  mongoLabel: string;
  redisLabel: string;
  dataDir: string;
  /** Who places the calls. */
  providers: readonly { name: string; isSimulated?: boolean }[];
}

/** What is printed once the product answers: its address, the key, and three lines to copy, one per transport. They hold neither key nor password. */
export function welcomeText(welcome: Welcome): string {
  const { url, projectId, dataDir } = welcome;
  const { title, toNumber } = placing(welcome);
  const request = JSON.stringify({ toNumber, say: "The database is down." });
  const headers = `-H "ApiKey: $CALL_LOG_API_KEY" -H 'Content-Type: application/json'`;
  const curl = `curl -s ${url}/api/call-log ${headers} -d '${request}'`;
  const trpc = nodeLine(
    { createCallLogClient: "@call-log/client" },
    `console.log(await createCallLogClient({ url: "${url}", apiKey: process.env.CALL_LOG_API_KEY }).calls.dispatch.mutate(${request}))`,
  );
  const redisUrl = `require(${JSON.stringify(path.join(dataDir, STANDALONE_FILE))}).redisUrl`;
  const queue = nodeLine(
    { createCallProducer: "@call-log/client/queue" },
    `const producer = createCallProducer({ redisUrl: ${redisUrl} }); console.log(await producer.add("${projectId}", ${request})); await producer.close()`,
  );
  return [
    "",
    `call-log is ready: ${url}`,
    "",
    `  Dashboard ${url}   (sign in with the API key)`,
    `  API key   ${keyLine(welcome)}`,
    `  Project   ${projectId}`,
    `  Calls     ${callsLine(welcome)}`,
    `  MongoDB   ${welcome.mongoLabel}`,
    `  Redis     ${welcome.redisLabel}`,
    `  Data      ${dataDir}`,
    "",
    title,
    "",
    `  ${exportLine(welcome)}`,
    "",
    `  # REST\n  ${curl}`,
    "",
    `  # tRPC\n  ${trpc}`,
    "",
    `  # queue (BullMQ)\n  ${queue}`,
    "",
    "Read it back:",
    "",
    `  curl -s '${url}/api/call-log/get-list?limit=10' ${headers} -d '{"select":{"status":true,"toNumber":true,"answeredBy":true,"callCostInUSDCents":true}}'`,
    "",
    "Ctrl-C stops it; nothing is lost.",
    "",
  ].join("\n");
}

function placing({ providers }: Welcome): { title: string; toNumber: string } {
  if (providers.every(({ isSimulated }) => isSimulated))
    return {
      title: "Place a call (simulated: no phone rings, nothing is charged), in one of three ways:",
      toNumber: EXAMPLE_NUMBER,
    };
  return {
    title: `Place a call in one of three ways, with a number in the place of ${ANY_NUMBER}. Its phone rings, and the call is charged:`,
    toNumber: ANY_NUMBER,
  };
}

function callsLine({ providers }: Welcome): string {
  return providers
    .map(({ name, isSimulated }) => (isSimulated ? `${name} (no phone rings)` : name))
    .join(", then ");
}

// The key itself would be in the shell's history, and in the log of whatever runs this.
function exportLine({ isKeyGiven }: Bootstrap): string {
  return isKeyGiven
    ? 'export CALL_LOG_API_KEY="$BOOTSTRAP_API_KEY"'
    : "export CALL_LOG_API_KEY=…   # the API key";
}

function keyLine({ newKey, keyFile, isKeyGiven }: PrintedBootstrap): string {
  if (keyFile !== undefined) return `in ${keyFile}   (take it from there, and delete the file)`;
  if (newKey !== undefined) return `${newKey}   (keep it: it can't be shown again)`;
  if (isKeyGiven) return "the one of BOOTSTRAP_API_KEY";
  return 'as before; make another one by the command line: key create --project ID --permission "Project Owner"';
}

function nodeLine(imports: Readonly<Record<string, string>>, code: string): string {
  const [[name, module] = []] = Object.entries(imports);
  return `node -e 'import("${module}").then(async ({ ${name} }) => { ${code} })'`;
}
