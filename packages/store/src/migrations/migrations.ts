import { CALL_STATUS_NAMES, isFinalStatus } from "@call-log/model";

import { fillLookups } from "./fill-lookups.ts";
import type { Migration } from "./migration.ts";

const OVER = CALL_STATUS_NAMES.filter(isFinalStatus);

/** Every migration, in its order. A new one is an entry at the end, with a test beside `run-migrations.test.ts`. */
export const MIGRATIONS: readonly Migration[] = [
  {
    number: 1,
    title: "Digits that were pressed in sensitive calls are deleted",
    async run({ callLogs }) {
      await callLogs.updateMany(
        { "plan.sensitive": true, status: { $in: OVER }, "attempts.digits": { $exists: true } },
        { $unset: { "attempts.$[].digits": "", "attempts.$[].digitsStep": "" } },
      );
    },
  },
  {
    number: 2,
    title: "Calls are found by parts of numbers and by words",
    runPart: fillLookups,
  },
];
