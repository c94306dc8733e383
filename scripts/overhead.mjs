// What the access log, metrics and traces cost: processor time for each request and each call, and requests a second, of installations that differ
// in one of them. They run side by side and are measured in turns, each round in another order, so that what the machine does meanwhile is the same for all.
// Of two equal processes, one can be 5 % cheaper than the other for as long as it lives (how V8 compiled it, where its memory lies). Therefore all of them
// are started anew several times, each is compared with the mean of two plain ones, and what counts is the median of the starts. `plain again`, compared
// with the other plain one, differs in nothing: what it shows is the measurement's own error. Run `npm run build` first.
//   node scripts/overhead.mjs [STARTS [PART…]]           everything in one process, with its embedded servers; a PART is "metrics", "traces" and so on
//   bash .ci/with-servers node scripts/overhead.mjs …    an api and a worker; the time of Redis and MongoDB does not count
import { execFile, spawn } from "node:child_process";
import { openSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const [STARTS = 9, ...PARTS] = process.argv.slice(2);
/** Rounds that are measured after each start. */
const ROUNDS = 4;
/** So many that a round takes seconds of processor time: the clock of Linux has ticks of 10 ms, and memory is collected in leaps. */
const READS = 1500;
const CALLS = 150;
/** Rounds that only warm up: the compiler of V8 takes thousands of requests. */
const WARM_UP = 2;
const AT_A_TIME = 10;
/** Clock ticks of Linux, in milliseconds. */
const TICK_MS = 10;
const { MONGODB_URI, REDIS_URL } = process.env;
const mainOf = (app) => fileURLToPath(new URL(`../apps/${app}/dist/main.js`, import.meta.url));

/** Takes spans and reads none; in this process, whose time does not count. */
const collector = createServer((request, response) => {
  request.resume().on("end", () => response.end());
});
await new Promise((resolve) => collector.listen(0, "127.0.0.1", resolve));

const PLAIN = { ACCESS_LOG: "false" };
const METRICS = { METRICS_PORT: "0" };
const TRACES = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector.address().port}` };
const VARIANTS = {
  plain: PLAIN,
  "plain again": PLAIN,
  "access log": {},
  metrics: { ...PLAIN, ...METRICS },
  traces: { ...PLAIN, ...TRACES },
  "all three": { ...METRICS, ...TRACES },
};

const SETTINGS = {
  PORT: "0",
  PROVIDER: "simulated",
  SIMULATED_SPEED: "200",
  CALLEE_LIMITS: "off",
  FAILED_KEYS_PER_MINUTE: "0",
  REQUESTS_PER_MINUTE: "0",
};

async function startProcess(app, env, folder) {
  const log = openSync(path.join(folder, `${app}.log`), "a");
  const child = spawn(process.execPath, [mainOf(app)], { env, stdio: ["ignore", "pipe", log] });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  const closed = new Promise((resolve) => child.once("close", resolve));
  return {
    child,
    async printed(pattern) {
      while (!pattern.test(output)) {
        if (child.exitCode !== null)
          throw new Error(await readFile(path.join(folder, `${app}.log`), "utf8"));
        await delay(50);
      }
      return pattern.exec(output);
    },
    scrape: () => /^metrics and health: (\S+)$/m.exec(output)?.[1],
    async end() {
      child.kill("SIGTERM");
      await closed;
    },
  };
}

async function start(name, settings, index) {
  const folder = await mkdtemp(path.join(tmpdir(), "call-log-overhead-"));
  const given = { ...process.env, ...SETTINGS, ...settings, DATA_DIR: folder };
  const run = MONGODB_URI && REDIS_URL ? startProcesses : startStandalone;
  const { processes, url, key } = await run(given, folder, index);
  return {
    name,
    folder,
    processes,
    url,
    key,
  };
}

async function startStandalone(given, folder) {
  const key = "key-of-the-measurement-0123456789";
  const own = { DATABASE_ENGINE: "embedded", BOOTSTRAP_API_KEY: key };
  const standalone = await startProcess("standalone", { ...given, ...own }, folder);
  const [, url] = await standalone.printed(/ready: (\S+)[\s\S]*Ctrl-C/);
  return { processes: [standalone], url, key };
}

async function startProcesses(given, folder, index) {
  const prefix = `overhead-${process.pid}-${index}`;
  const uri = new URL(MONGODB_URI);
  uri.pathname = `/${prefix}`;
  const env = { ...given, MONGODB_URI: uri.href, QUEUE_PREFIX: prefix };
  const cli = async (...words) => {
    const run = promisify(execFile)(process.execPath, [mainOf("cli"), ...words, "--json"], { env });
    return JSON.parse((await run).stdout);
  };
  await cli("project", "create", "--name", "Measured", "--from-number", "+15551112222");
  const { key } = await cli("key", "create", "--permission", "Project Owner", "--name", "measure");
  const api = await startProcess("api", env, folder);
  const [, url] = await api.printed(/(http:\/\/[\d.:]+)/);
  const worker = await startProcess("worker", env, folder);
  await worker.printed(/\n/);
  return { processes: [api, worker], url, key };
}

async function cpuMs({ processes }) {
  const all = await Promise.all(
    processes.map(async ({ child }) => {
      const text = await readFile(`/proc/${child.pid}/stat`, "utf8");
      const fields = text.slice(text.lastIndexOf(") ") + 2).split(" ");
      return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
    }),
  );
  return all.reduce((sum, ms) => sum + ms, 0);
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

async function ask({ url, key }, where, body) {
  const headers = { ApiKey: key, "content-type": "application/json" };
  const response = await fetch(url + where, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${where}: ${response.status} ${await response.text()}`);
  return response.json();
}

const WORK = {
  async read(one) {
    const select = { status: true };
    await many(READS, () => ask(one, "/api/call-log/get-list?limit=10", { select }));
    return READS;
  },
  async call(one) {
    await many(CALLS, () => ask(one, "/api/call-log", { toNumber: "+15550100110", say: "x" }));
    const open = { query: { status: { _type: "NotEqual", value: "Busy" } } };
    // Few looks: each is a request, and one more of them would count as a part of a call.
    while ((await ask(one, "/api/call-log/count", open)).count > 0) await delay(500);
    return CALLS;
  },
};

/** Processor time for each, in milliseconds, and how many a second. */
async function measure(one, what) {
  const [before, startedAt] = [await cpuMs(one), performance.now()];
  const count = await WORK[what](one);
  const seconds = (performance.now() - startedAt) / 1000;
  for (const { scrape } of one.processes)
    if (scrape() !== undefined) await (await fetch(`${scrape()}/metrics`)).text();
  return { ms: ((await cpuMs(one)) - before) / count, aSecond: count / seconds };
}

/** How much each differs from the plain ones in one round, by its name. All do the same work, so all are equally warm. */
async function compareAll(all, what, turns) {
  const measured = new Map();
  for (const one of turns) measured.set(one.name, await measure(one, what));
  const [plain, again] = [measured.get("plain"), measured.get("plain again")];
  const usual = { ms: (plain.ms + again.ms) / 2, aSecond: (plain.aSecond + again.aSecond) / 2 };
  const share = ([name, { ms, aSecond }]) => {
    const reference = name === "plain again" ? plain : usual;
    return [name, { cost: ms / reference.ms, speed: aSecond / reference.aSecond }];
  };
  return Object.fromEntries([...measured].map(share));
}

/** Another one is the first each time, and every other time goes backwards. */
function turnsOf(all, time) {
  const first = time % all.length;
  const turns = [...all.slice(first), ...all.slice(0, first)];
  return time % 2 === 0 ? turns : turns.toReversed();
}

/** The median, and between what limits it is with 95 % confidence, whatever the distribution. */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) => {
    const place = share * (sorted.length - 1);
    const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return low + (high - low) * (place - Math.floor(place));
  };
  const reach = 0.98 / Math.sqrt(sorted.length);
  return { middle: at(0.5), from: at(Math.max(0, 0.5 - reach)), to: at(Math.min(1, 0.5 + reach)) };
}

function report(name, unit, shares) {
  const percent = (share) => `${share < 1 ? "" : "+"}${(100 * (share - 1)).toFixed(1)} %`;
  const { middle, from, to } = median(shares);
  return `${unit.padEnd(29)}${name.padEnd(12)}${percent(middle).padStart(9)}   (${percent(from)} to ${percent(to)})   ${shares.map(percent).join(", ")}\n`;
}

/** Start them all, each time another one first, and measure them side by side: of each its medians of this start, by its name and what was measured. */
async function compareOneStart(wanted, index) {
  const all = [];
  try {
    for (const [name, settings] of turnsOf(wanted, index))
      all.push(await start(name, settings, `${index}-${all.length}`));
    for (let round = 0; round < WARM_UP; round += 1)
      for (const one of all) for (const work of Object.values(WORK)) await work(one);
    const found = { read: [], call: [] };
    for (let round = 0; round < ROUNDS; round += 1)
      for (const what of Object.keys(WORK))
        found[what].push(await compareAll(all, what, turnsOf(all, round)));
    const medianOf = (what, name, measured) =>
      median(found[what].map((round) => round[name][measured])).middle;
    const medians = all.map(({ name }) => [
      name,
      {
        "processor time for each read": medianOf("read", name, "cost"),
        "processor time for each call": medianOf("call", name, "cost"),
        // None of calls: they take the time that the simulated phone takes.
        "reads a second": medianOf("read", name, "speed"),
      },
    ]);
    return Object.fromEntries(medians);
  } finally {
    for (const { processes, folder } of all) {
      await Promise.all(processes.map((one) => one.end()));
      await rm(folder, { recursive: true });
    }
  }
}

try {
  const wanted = Object.entries(VARIANTS).filter(
    ([name]) => PARTS.length === 0 || name.startsWith("plain") || PARTS.includes(name),
  );
  const starts = [];
  for (let index = 0; index < Number(STARTS); index += 1)
    starts.push(await compareOneStart(wanted, index));
  const [{ plain, ...others }] = starts;
  for (const unit of Object.keys(plain))
    for (const name of Object.keys(others)) {
      const shares = starts.map((medians) => medians[name][unit]);
      process.stdout.write(report(name, unit, shares));
    }
} finally {
  collector.close();
}
