import { freshDatabase, freshEmbeddedDatabase } from "@call-log/testing";
import { describe } from "vitest";

import { callHistogramContract } from "./call-histogram.contract.ts";

describe("on the embedded server", () => {
  callHistogramContract(freshEmbeddedDatabase);
});

describe.runIf(process.env["MONGODB_URI"])("on the server of MONGODB_URI", () => {
  callHistogramContract(freshDatabase);
});
