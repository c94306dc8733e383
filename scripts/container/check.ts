// Starts the image that `build.ts` has made, each command as docker-compose.yml does, and Redis and the start of MongoDB with the commands of that file.
// Called by .ci/image, in a network of its own and with MONGODB_URI of a server.
import assert from "node:assert/strict";
import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import type { Image } from "./build-image.ts";
import { environmentOf, interpolated, readCompose, type Service } from "./compose-service.ts";
import { startContainer, type Container, type Start } from "./container.ts";

const folder = process.argv[2]!;
const root = path.join(import.meta.dirname, "../..");
const image = JSON.parse(readFileSync(path.join(folder, "image.json"), "utf8")) as Image;
const compose = readCompose(path.join(root, "docker-compose.yml"));
const outside = {
  PROVIDER: "simulated",
  MONGO_ROOT_PASSWORD: "a0",
  MONGO_PASSWORD: "a1",
  REDIS_PASSWORD: "0123456789abcdef",
};
const volumes = { "/data": path.join(folder, "data") };
const stopping: (() => Promise<unknown>)[] = [];

try {
  await checkHelp();
  await checkKeyFile();
  const redis = await checkRedis();
  await checkProcesses();
  assert.equal(await redis.stop(), 0);
  await checkStandalone();
  console.log("the image, and the commands of docker-compose.yml: ok");
} finally {
  await Promise.all(stopping.map((stop) => stop().catch(() => undefined)));
}

function started(of: Image, start: Start): Container {
  const container = startContainer(of, folder, start);
  stopping.push(async () => container.process.exitCode ?? container.stop());
  return container;
}

/** Wait until the health check succeeds, as an engine does. */
async function healthy(name: string, container: Container, test: readonly string[]) {
  const from = performance.now();
  for (;;) {
    assert.equal(container.process.exitCode, null, `${name} has ended:\n${container.printed()}`);
    const { status, text } = container.exec(test);
    if (status === 0) break;
    const waited = performance.now() - from;
    assert(waited < 60_000, `${name} is not healthy: ${text}\n${container.printed()}`);
    await delay(100);
  }
  console.log(`${name} is healthy after ${((performance.now() - from) / 1000).toFixed(1)} s`);
}

/** Only /tmp and the volumes can be written, by a user that is not root and can't become it. */
function checkConfined(name: string, container: Container) {
  const script = [
    "id -u",
    'for place in /app /app/x /usr/x /home/node/x /etc/x; do touch "$place" 2>/dev/null && echo "$place"; done',
    "touch /tmp/x /data/.x && rm /tmp/x /data/.x && echo writable",
    "grep -E '^(CapEff|CapBnd|NoNewPrivs)' /proc/1/status | tr -s '\\t ' ' '",
  ].join("\n");
  const { text } = container.exec(["sh", "-c", script]);
  const none = "0000000000000000";
  const expected = ["1000", "writable", `CapEff: ${none}`, `CapBnd: ${none}`, "NoNewPrivs: 1"];
  assert.deepEqual(text.trim().split("\n").toSorted(), expected.toSorted(), `${name}: ${text}`);
}

async function checkHelp() {
  const help = started(image, { name: "help", command: ["--help"], volumes });
  const code = await new Promise((resolve) => help.process.once("close", resolve));
  assert.equal(code, 0, help.printed());
  for (const word of ["start", "api", "worker", "doctor", "dispatch"])
    assert.match(help.printed(), new RegExp(`^ +${word}\\b`, "m"));
}

/** A service with another image than ours: its command on this machine's programs. */
function serviceImage({ environment, ...service }: Service): Image {
  const words = [...(service.entrypoint ?? []), ...(service.command ?? [])];
  return {
    ...image,
    config: {
      ...image.config,
      workingDirectory: "/",
      environment: {
        PATH: image.config.environment["PATH"]!,
        ...environmentOf({ ...service, environment: environment ?? {} }, outside),
      },
      entrypoint: [],
      command: words.map((word) => interpolated(word, outside)),
    },
  };
}

/** What mongo's command does before mongod starts, with a program in place of the image's entry point. */
async function checkKeyFile() {
  const service = compose.services["mongo"]!;
  const stub = path.join(folder, "docker-entrypoint.sh");
  writeFileSync(stub, '#!/bin/sh\necho "$@"\n');
  chmodSync(stub, 0o755);
  const state = path.join(folder, "configdb");
  const mounted = { "/data": state, "/home/node": folder };
  const mongo = serviceImage(service);
  const path_ = `/home/node:${image.config.environment["PATH"]}`;
  const keys: string[] = [];
  for (const time of ["first", "second"]) {
    const container = started(mongo, {
      name: `mongo-${time}`,
      // The volume is /data/configdb, which this image does not have.
      command: mongo.config.command.map((word) => word.replace("/data/configdb", "/data")),
      environment: { PATH: path_ },
      volumes: mounted,
    });
    const code = await new Promise((resolve) => container.process.once("close", resolve));
    assert.equal(code, 0, container.printed());
    assert.match(
      container.printed(),
      /^mongod --replSet rs0 --keyFile \/data\/keyfile --bind_ip_all/,
    );
    const file = path.join(state, "keyfile");
    assert.equal(statSync(file).mode & 0o777, 0o400);
    keys.push(readFileSync(file, "utf8"));
  }
  // MongoDB takes 6 to 1024 characters of base64.
  assert.match(keys[0]!, /^[A-Za-z0-9+/=]{1000,1024}$/);
  assert.equal(keys[1], keys[0], "the key stays");
  console.log("mongo's key file is made once, with mode 400");
}

async function checkRedis() {
  const service = compose.services["redis"]!;
  const redis = started(serviceImage(service), {
    name: "redis",
    volumes: { "/data": path.join(folder, "redis") },
  });
  await healthy("redis", redis, service.healthcheck!.test.slice(1));
  const cli = (...words: string[]) => redis.exec(["redis-cli", ...words]).text.trim();
  assert.match(redis.exec(["env", "-u", "REDISCLI_AUTH", "redis-cli", "ping"]).text, /NOAUTH/);
  assert.match(cli("config", "get", "maxmemory-policy"), /noeviction/);
  assert.match(cli("config", "get", "appendonly"), /yes/);
  const limit = Number(cli("config", "get", "maxmemory").split("\n").at(-1));
  const { memory } = service.deploy!.resources.limits as { memory: string };
  assert(limit > 0 && limit < Number.parseInt(memory, 10) * 1024 * 1024);
  const shown = redis.exec(["sh", "-c", "cat /proc/1/cmdline"]).text;
  assert(!shown.includes(outside.REDIS_PASSWORD), "the password is in the list of processes");
  const wrong = ["env", "REDISCLI_AUTH=wrong", ...service.healthcheck!.test.slice(1)];
  assert.notEqual(redis.exec(wrong).status, 0, "the health check fails without the password");
  return redis;
}

/** The api and a worker as in the file, but for the servers' addresses. */
async function checkProcesses() {
  const containers: Container[] = [];
  for (const name of ["api", "worker"]) {
    const service = compose.services[name]!;
    const redis = environmentOf(service, outside)["REDIS_URL"]!;
    const environment = {
      ...environmentOf(service, outside),
      MONGODB_URI: process.env["MONGODB_URI"]!,
      REDIS_URL: redis.replace("@redis:", "@127.0.0.1:"),
      // The containers share one network here.
      METRICS_PORT: name === "worker" ? "9465" : "9464",
    };
    const container = started(image, { name, command: service.command!, environment, volumes });
    await healthy(name, container, image.config.healthcheck);
    checkConfined(name, container);
    containers.push(container);
  }
  const [api, worker] = containers;
  checkVersion(api!);
  const doctor = api!.exec(["call-log", "project", "list"]);
  assert.equal(doctor.status, 0, doctor.text);
  for (const container of [api!, worker!])
    assert.equal(await container.stop(), 0, container.printed());
}

/** The commit that was built is on the image and in the answer. */
function checkVersion(api: Container) {
  const ask = `fetch("http://127.0.0.1:3000/version").then((r) => r.text()).then(console.log)`;
  const { text } = api.exec(["node", "-e", ask]);
  const { commit } = JSON.parse(text) as { commit?: string };
  assert.match(commit ?? "none", /^[0-9a-f]{40}$/, text);
  assert.equal(image.config.labels["org.opencontainers.image.revision"], commit);
  console.log(`GET /version names the commit ${commit}`);
}

/** Without a command: everything in one process. */
async function checkStandalone() {
  const standalone = started(image, {
    name: "start",
    environment: { BOOTSTRAP_API_KEY: "key-of-the-image-0123456789" },
    volumes,
  });
  await healthy("start", standalone, image.config.healthcheck);
  checkConfined("start", standalone);
  const placed = standalone.exec(
    "call-log dispatch --to +15550100100 --say Hello --api-key key-of-the-image-0123456789".split(
      " ",
    ),
  );
  assert.equal(placed.status, 0, placed.text);
  assert.equal(await standalone.stop(), 0, standalone.printed());
}
