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
  const { header, expression } = keyForms(welcome);
  const request = JSON.stringify({ toNumber: EXAMPLE_NUMBER, say: "The database is down." });
  const curl = `curl -s ${url}/api/call-log -H ${header} -H 'Content-Type: application/json' -d '${request}'`;
  const trpc = nodeLine(
    "createCallLogClient",
    `console.log(await createCallLogClient({ url: "${url}", apiKey: ${expression} }).calls.dispatch.mutate(${request}))`,
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
    `  curl -s '${url}/api/call-log/get-list?limit=10' -H ${header} -H 'Content-Type: application/json' -d '{"select":{"status":true,"toNumber":true,"answeredBy":true,"callCostInUSDCents":true}}'`,
    "",
    "Ctrl-C stops it; nothing is lost.",
    "",
  ].join("\n");
}

/** The key in a shell's header and in a program; one that was given is named by its variable, so that no log has it. */
function keyForms({ newKey, isKeyGiven }: Bootstrap): { header: string; expression: string } {
  if (isKeyGiven)
    return {
      header: '"ApiKey: $BOOTSTRAP_API_KEY"',
      expression: "process.env.BOOTSTRAP_API_KEY",
    };
  const key = newKey ?? "YOUR_API_KEY";
  return { header: `'ApiKey: ${key}'`, expression: `"${key}"` };
}

function keyLine({ newKey, isKeyGiven }: Bootstrap): string {
  if (newKey !== undefined) return `${newKey}   (keep it: it can't be shown again)`;
  if (isKeyGiven) return "the one of BOOTSTRAP_API_KEY";
  return 'as before; make another one with: npm run --silent cli -- key create --project ID --permission "Project Owner"';
}

function nodeLine(name: string, code: string): string {
  return `node -e 'import("@call-log/client").then(async ({ ${name} }) => { ${code} })'`;
}
