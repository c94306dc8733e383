import { freshDatabase, freshEmbeddedDatabase } from "@call-log/testing";

import { countsContract } from "./counts.contract.ts";

countsContract("an embedded server", freshEmbeddedDatabase);
if (process.env["MONGODB_URI"] !== undefined) countsContract("MONGODB_URI", freshDatabase);
