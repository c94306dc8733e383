import { freshDatabase, freshEmbeddedDatabase } from "@call-log/testing";

import { storeContract } from "./store.contract.ts";

storeContract("an embedded server", freshEmbeddedDatabase);
if (process.env["MONGODB_URI"] !== undefined) storeContract("MONGODB_URI", freshDatabase);
