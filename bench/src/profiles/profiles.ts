import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { freePort } from "@call-log/runtime";
import { z } from "zod";

import { openMongo } from "../bench-mongo.ts";
import { openRedis } from "../bench-redis.ts";
import { type HttpLoad, startHttpLoad } from "../http-load.ts";
import { type HttpPeerKind, startHttpPeer } from "../reads/http-peer.ts";
import { HTTP_PEERS } from "../reads/http-peers.ts";
import { seededDatabase } from "../reads/seeded-database.ts";
import { type Workload, workloads } from "../reads/workload.ts";
import { runEnvironment } from "../run-environment.ts";
import type { Suite } from "../suite.ts";
import { cpuProfile, profileText } from "./profile-text.ts";

const FOLDER = fileURLToPath(new URL("../../profiles/", import.meta.url));
const PROFILER = new URL("./profiled-process.js", import.meta.url).href;
const SIZE = 10_000;
const PROFILED = [HTTP_PEERS.minimal, HTTP_PEERS.rest, HTTP_PEERS.trpc];

/** Where the time of a read goes: a profile of each, as text in bench/profiles. */
export const profilesSuite: Suite = {
  name: "profiles",
  title: "Profiles of reads",
  onDemand: true,
  async run(settings) {
    const mongo = await openMongo(settings);
    const redis = await openRedis(settings);
    const load = startHttpLoad();
    const milliseconds = settings.quick ? 2000 : 6000;
    try {
      const uri = await seededDatabase(mongo, { size: SIZE, forParse: false });
      await mkdir(FOLDER, { recursive: true });
      for (const workload of workloads(SIZE).filter(({ name }) => name.includes(settings.reads)))
        for (const kind of PROFILED) {
          const place = { uri, redisUrl: redis.url, load, port: await freePort() };
          const text = await profileOf(kind, workload, { place, milliseconds });
          const file = `${kind.name} ${workload.name}`.replaceAll(/[^\w]+/g, "-");
          await writeFile(`${FOLDER}${file}.txt`, text);
        }
    } finally {
      await Promise.all([load.close(), mongo.close(), redis.close()]);
    }
    return [`In \`bench/profiles\`, of ${SIZE} call logs on ${mongo.name}.`];
  },
};

interface ProfileRun {
  place: { uri: string; redisUrl: string; load: HttpLoad; port: number };
  milliseconds: number;
}

async function profileOf(
  kind: HttpPeerKind,
  { name, questions }: Workload,
  { place, milliseconds }: ProfileRun,
): Promise<string> {
  const profiled: HttpPeerKind = {
    ...kind,
    command: (given) => ({ ...kind.command(given), nodeOptions: ["--import", PROFILER] }),
  };
  const peer = await startHttpPeer(profiled, place);
  try {
    const load = () => peer.load(questions, { connections: 32, milliseconds });
    await load();
    await peer.process.ask("start", z.null());
    await load();
    const profile = await peer.process.ask("stop", cpuProfile);
    return `${kind.name}: ${name}\n${runEnvironment()}\n\n${profileText(profile)}\n`;
  } finally {
    await peer.close();
  }
}
