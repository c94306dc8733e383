import fc from "fast-check";

/** One seed for every property, so that a red run is the fault of the change; `PROPERTY_SEED=random npm test` explores. */
const seed = process.env["PROPERTY_SEED"] ?? "20261124";

if (seed !== "random") fc.configureGlobal({ seed: Number(seed) });
