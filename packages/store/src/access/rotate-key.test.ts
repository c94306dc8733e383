import { freshDatabase, freshEmbeddedDatabase } from "@call-log/testing";

import { rotateKeyContract } from "./rotate-key.contract.ts";

rotateKeyContract("an embedded server", freshEmbeddedDatabase);
if (process.env["MONGODB_URI"] !== undefined) rotateKeyContract("MONGODB_URI", freshDatabase);
