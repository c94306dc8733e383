import { freshDatabase, freshEmbeddedDatabase } from "@call-log/testing";

import { budgetHistoryContract } from "./budget-history.contract.ts";
import { budgetStallsContract } from "./budget-stalls.contract.ts";

for (const contract of [budgetHistoryContract, budgetStallsContract]) {
  contract("an embedded server", freshEmbeddedDatabase);
  if (process.env["MONGODB_URI"] !== undefined) contract("MONGODB_URI", freshDatabase);
}
