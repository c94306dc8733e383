import { freshDatabase, freshEmbeddedDatabase } from "@call-log/testing";
import { describe } from "vitest";

import { callStatsContract } from "./call-stats.contract.ts";

describe("on the embedded server", () => {
  callStatsContract(freshEmbeddedDatabase);
});

describe.runIf(process.env["MONGODB_URI"])("on the server of MONGODB_URI", () => {
  callStatsContract(freshDatabase);
});
