import { freshDatabase, freshEmbeddedDatabase } from "@call-log/testing";
import { describe } from "vitest";

import { callFeedContract } from "./call-feed.contract.ts";

describe("on the embedded server", () => {
  callFeedContract(freshEmbeddedDatabase);
});

describe.runIf(process.env["MONGODB_URI"])("on the server of MONGODB_URI", () => {
  callFeedContract(freshDatabase);
});
