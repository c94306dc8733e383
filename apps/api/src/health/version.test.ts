import Fastify from "fastify";
import { expect, test } from "vitest";

import { versionRoutes } from "./version-routes.ts";

async function answer(commit?: string): Promise<unknown> {
  const server = Fastify();
  await server.register(versionRoutes(commit));
  return (await server.inject("/version")).json();
}

test("the version names the commit where the build knew it", async () => {
  const parts = { version: expect.stringMatching(/^\d+\.\d+\.\d+/), apiVersion: 1 };
  expect(await answer()).toEqual(parts);
  expect(await answer("8f2c0de")).toEqual({ ...parts, commit: "8f2c0de" });
});
