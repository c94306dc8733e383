import { z } from "zod";

import { findInstallation } from "../../access/installation.ts";
import { withStore } from "../../access/with-store.ts";
import { defineCommand } from "../../command.ts";
import { examine } from "../../doctor/examine.ts";
import { tableText } from "../../output/table.ts";

const RESULTS = { ok: "ok", warn: "WARNING", fail: "FAILED" } as const;

/** `doctor`: everything that an installation needs, looked at from this machine, with what to do; exit code 1 when something has to be mended. */
export const doctor = defineCommand({
  name: "doctor",
  summary:
    "Check settings, servers, processes, callback address, credentials and numbers from here",
  declare: () => undefined,
  options: z.strictObject({}),
  async run(_given, context) {
    const { settings, terminal } = context;
    const installation = await findInstallation(settings);
    const checks = await examine({
      ...installation,
      environment: terminal.environment,
      isStandalone: settings.MONGODB_URI === undefined,
      dataDir: settings.DATA_DIR,
      withStore: (act) => withStore(context, act),
    });
    const text = tableText(checks, {
      CHECK: ({ name }) => name,
      RESULT: ({ level }) => RESULTS[level],
      DETAIL: ({ detail, remedy }) => (remedy === "" ? detail : `${detail} → ${remedy}`),
    });
    const isGood = checks.every(({ level }) => level !== "fail");
    const json = checks.map((check) => ({ ...check, isGood: check.level !== "fail" }));
    return { json, text, exitCode: isGood ? 0 : 1 };
  },
});
