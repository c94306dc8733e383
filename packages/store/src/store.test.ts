import { freshDatabase, freshEmbeddedDatabase } from "@call-log/testing";

import { sessionContract } from "./access/session.contract.ts";
import { backlogContract } from "./calls/backlog.contract.ts";
import { deadLetterContract } from "./dead-letters/dead-letter.contract.ts";
import { budgetContract } from "./guards/budgets/budget.contract.ts";
import { calleeTurnContract } from "./guards/callee-turns.contract.ts";
import { storeContract } from "./store.contract.ts";
import { callerIdContract } from "./tenants/caller-id.contract.ts";
import { settingsChangeContract } from "./tenants/settings-change.contract.ts";

for (const contract of [
  storeContract,
  backlogContract,
  budgetContract,
  calleeTurnContract,
  sessionContract,
  callerIdContract,
  deadLetterContract,
  settingsChangeContract,
]) {
  contract("an embedded server", freshEmbeddedDatabase);
  if (process.env["MONGODB_URI"] !== undefined) contract("MONGODB_URI", freshDatabase);
}
