import fc from "fast-check";
import { afterEach } from "vitest";

import { onFailure } from "./packages/testing/src/on-failure.ts";

// With several servers of one kind, each worker has one of its own. Before a test file is loaded, which reads the variables.
const { MONGODB_URIS: uris, VITEST_POOL_ID: worker = "1" } = process.env;
if (uris !== undefined) {
  const all = uris.split(" ");
  const uri = all[(Number(worker) - 1) % all.length];
  Object.assign(process.env, { MONGODB_URI: uri, SECANTUS_URI: uri });
}

/** One seed for every property, so that a red run is the fault of the change; `PROPERTY_SEED=random npm test` explores. */
const seed = process.env["PROPERTY_SEED"] ?? "20261124";

if (seed !== "random") fc.configureGlobal({ seed: Number(seed) });

afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  const name = task.name.replaceAll(/\W+/g, "-").slice(0, 80);
  await Promise.all([...onFailure].map((keep) => keep(name)));
});
