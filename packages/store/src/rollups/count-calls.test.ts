import { freshDatabase, freshEmbeddedDatabase } from "@call-log/testing";

import { countsContract } from "./count-calls.contract.ts";
import { rollupStoreContract } from "./rollup-store.contract.ts";

for (const contract of [countsContract, rollupStoreContract]) {
  contract("an embedded server", freshEmbeddedDatabase);
  if (process.env["MONGODB_URI"] !== undefined) contract("MONGODB_URI", freshDatabase);
}
