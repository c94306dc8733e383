// What metrics cost: processor time of a standalone process with and without them, side by side, in turns. Run `npm run build` first.
//   node scripts/metrics-overhead.mjs [ROUNDS]
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const ROUNDS = Number(process.argv[2] ?? 10);
const READS = 1000;
const CALLS = 100;
const AT_A_TIME = 10;
/** Clock ticks of Linux, in milliseconds. */
const TICK_MS = 10;
const KEY = "key-of-the-measurement-0123456789";
const main = fileURLToPath(new URL("../apps/standalone/dist/main.js", import.meta.url));

async function start(name, settings) {
  const folder = await mkdtemp(path.join(tmpdir(), "call-log-overhead-"));
  const fixed = {
    DATA_DIR: folder,
    PORT: "0",
    DATABASE_ENGINE: "embedded",
    SIMULATED_SPEED: "200",
  };
  const limits = { FAILED_KEYS_PER_MINUTE: "0", REQUESTS_PER_MINUTE: "0", BOOTSTRAP_API_KEY: KEY };
  const env = { ...process.env, ...fixed, ...limits, ...settings };
  const child = spawn(process.execPath, [main], { env, stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  while (!output.includes("Ctrl-C")) await delay(100);
  await delay(200);
  const [, url] = /ready: (\S+)/.exec(output);
  const [, scrape] = /^metrics and health: (\S+)$/m.exec(output) ?? [];
  const end = async () => {
    child.kill("SIGTERM");
    await new Promise((resolve) => child.once("close", resolve));
    await rm(folder, { recursive: true });
  };
  return { name, pid: child.pid, url, scrape, end, reads: 0, calls: 0 };
}

async function cpuMs({ pid }) {
  const fields = (await readFile(`/proc/${pid}/stat`, "utf8")).split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

async function many(count, run) {
  let left = count;
  const next = async () => {
    while (left > 0) {
      left -= 1;
      await run();
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, next));
}

async function ask({ url }, where, body) {
  const headers = { ApiKey: KEY, "content-type": "application/json" };
  const response = await fetch(url + where, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${where}: ${response.status}`);
  return response.json();
}

const listed = { limit: 10, select: { status: true } };
async function read(one) {
  await many(READS, () => ask(one, "/api/call-log/get-list?limit=10", { select: listed.select }));
}
async function call(one) {
  await many(CALLS, () => ask(one, "/api/call-log", { toNumber: "+15550100110", say: "x" }));
  const open = { query: { status: { _type: "NotEqual", value: "Busy" } } };
  while ((await ask(one, "/api/call-log/count", open)).count > 0) await delay(50);
}

async function timed(one, what, run) {
  const before = await cpuMs(one);
  await run(one);
  if (one.scrape) await (await fetch(`${one.scrape}/metrics`)).text();
  one[what] += (await cpuMs(one)) - before;
}

const pair = [await start("without", {}), await start("with", { METRICS_PORT: "0" })];
for (const one of pair) await Promise.all([call(one), read(one)]);
for (let round = 0; round < ROUNDS; round += 1)
  for (const one of round % 2 === 0 ? pair : pair.toReversed()) {
    await timed(one, "reads", read);
    await timed(one, "calls", call);
  }
const [off, on] = pair;
for (const [what, count] of [
  ["reads", READS],
  ["calls", CALLS],
]) {
  const [a, b] = [off[what], on[what]].map((ms) => ms / (ROUNDS * count));
  const more = (100 * (b / a - 1)).toFixed(1);
  process.stdout.write(
    `${what}: ${a.toFixed(3)} ms without, ${b.toFixed(3)} ms with metrics: ${more} %\n`,
  );
}
for (const one of pair) await one.end();
