import { freshDatabase, freshEmbeddedDatabase } from "@call-log/testing";

import { auditContract } from "./audit.contract.ts";

auditContract("an embedded server", freshEmbeddedDatabase);
if (process.env["MONGODB_URI"] !== undefined) auditContract("MONGODB_URI", freshDatabase);
