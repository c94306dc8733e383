import { freshDatabase, freshEmbeddedDatabase } from "@call-log/testing";

import { countsContract } from "./counts.contract.ts";
import { sumKeeperContract } from "./rollup-store.contract.ts";

for (const contract of [countsContract, sumKeeperContract]) {
  contract("an embedded server", freshEmbeddedDatabase);
  if (process.env["MONGODB_URI"] !== undefined) contract("MONGODB_URI", freshDatabase);
}
