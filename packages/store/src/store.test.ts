import { freshDatabase, freshEmbeddedDatabase } from "@call-log/testing";

import { backlogContract } from "./backlog.contract.ts";
import { budgetContract } from "./budget.contract.ts";
import { calleeTurnContract } from "./callee-turns.contract.ts";
import { callerIdContract } from "./caller-id.contract.ts";
import { deadLetterContract } from "./dead-letter.contract.ts";
import { sessionContract } from "./session.contract.ts";
import { settingsChangeContract } from "./settings-change.contract.ts";
import { storeContract } from "./store.contract.ts";

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
