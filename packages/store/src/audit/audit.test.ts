import { freshDatabase, freshEmbeddedDatabase } from "@call-log/testing";

import { auditPropertyContract } from "./audit-property.contract.ts";
import { auditContract } from "./audit.contract.ts";

for (const contract of [auditContract, auditPropertyContract]) {
  contract("an embedded server", freshEmbeddedDatabase);
  if (process.env["MONGODB_URI"] !== undefined) contract("MONGODB_URI", freshDatabase);
}
