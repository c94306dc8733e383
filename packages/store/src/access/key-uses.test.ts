import { freshDatabase, freshEmbeddedDatabase } from "@call-log/testing";

import { keyUsesContract } from "./key-uses.contract.ts";

keyUsesContract("an embedded server", freshEmbeddedDatabase);
if (process.env["MONGODB_URI"] !== undefined) keyUsesContract("MONGODB_URI", freshDatabase);
