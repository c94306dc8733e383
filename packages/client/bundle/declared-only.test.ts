import { readFileSync } from "node:fs";

import { type OutputChunk, rollup } from "rollup";
import { expect, test } from "vitest";

import { declaredOnly } from "./declared-only.mjs";

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");
const manifest = JSON.parse(read("package.json")) as Record<string, Record<string, string>>;

/** Builds an entry that imports `imported`, which no one resolves, as the package is built. */
async function build(
  entry: "index" | "queue",
  imported: string,
  code = `import "${imported}";`,
): Promise<string[]> {
  const bundle = await rollup({
    input: { [entry]: "entry" },
    plugins: [
      {
        name: "entry",
        resolveId: (id) => (id === "entry" ? id : { id, external: true }),
        load: (id) => (id === "entry" ? code : null),
      },
      declaredOnly(manifest, ["queue"]),
    ],
  });
  const { output } = await bundle.generate({});
  return output.flatMap((file) => (file as OutputChunk).imports);
}

test.each(["@trpc/client", "@trpc/server/unstable-core-do-not-import", "zod", "node:events"])(
  "a dependency may be imported: %s",
  async (name) => {
    expect(await build("index", name)).toEqual([name]);
  },
);

test.each(["twilio", "mongodb", "fastify", "@call-log/model", "bullmq", "ioredis"])(
  "users of the procedures do not need %s",
  async (name) => {
    await expect(build("index", name)).rejects.toThrow(`index.js imports ${name}, which`);
  },
);

test("a package that is imported later has to be declared, too", async () => {
  await expect(build("index", "mongodb", 'void import("mongodb");')).rejects.toThrow(
    "index.js imports mongodb, which",
  );
});

test("users of the queue install BullMQ and ioredis beside it, and nothing more", async () => {
  expect(await build("queue", "bullmq")).toEqual(["bullmq"]);
  expect(await build("queue", "ioredis")).toEqual(["ioredis"]);
  await expect(build("queue", "mongodb")).rejects.toThrow("queue.js imports mongodb, which");
});

test("the package brings no server", () => {
  expect(Object.keys(manifest["dependencies"] ?? {}).toSorted()).toEqual([
    "@trpc/client",
    "@trpc/server",
    "eventsource",
    "zod",
  ]);
  expect(Object.keys(manifest["peerDependencies"] ?? {}).toSorted()).toEqual(["bullmq", "ioredis"]);
  expect(Object.keys(manifest["peerDependenciesMeta"] ?? {}).toSorted()).toEqual([
    "bullmq",
    "ioredis",
  ]);
});

test("the licence is that of the repository", () => {
  expect(read("LICENSE")).toBe(read("../../LICENSE"));
});
