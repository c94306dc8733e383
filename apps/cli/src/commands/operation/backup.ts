import path from "node:path";

import { z } from "zod";

import { checkBackup, type BackupManifest } from "../../backup/backup-manifest.ts";
import { embeddedFolder } from "../../backup/embedded-folder.ts";
import { makeBackup } from "../../backup/make-backup.ts";
import { restoreBackup } from "../../backup/restore-backup.ts";
import { CliError } from "../../cli-error.ts";
import { defineCommand } from "../../command.ts";

const folder = z
  .string()
  .min(1, { error: "must not be empty" })
  .transform((text) => path.resolve(text));

/** `backup`: the embedded database as it is now, while a process runs on it. */
export const backup = defineCommand({
  name: "backup",
  summary: "Copy the embedded database into a new folder, while it runs",
  declare: (command) =>
    command
      .argument("<folder>", "a new or empty folder")
      .option("--verify", "compare the backup in the folder with its checksums, and make none"),
  options: z.strictObject({ folder, verify: z.boolean().default(false) }),
  async run({ folder: target, verify }, { settings }) {
    const manifest = verify
      ? await checkBackup(target)
      : await makeBackup(await embeddedFolder(settings), target);
    const text = `${verify ? "the backup is whole" : "backup made"}: ${target}, ${summaryOf(manifest)}`;
    return { json: manifest, text };
  },
});

/** `restore`: a backup of the embedded database into `DATA_DIR`. */
export const restore = defineCommand({
  name: "restore",
  summary: "Put a backup of the embedded database into DATA_DIR, where no call-log runs",
  declare: (command) =>
    command
      .argument("<folder>", "what backup has made")
      .option("--force", "move an installation that is in DATA_DIR aside"),
  options: z.strictObject({ folder, force: z.boolean().default(false) }),
  async run({ folder: source, force }, { settings }) {
    const { DATA_DIR, MONGODB_URI } = settings;
    if (MONGODB_URI !== undefined)
      throw new CliError(
        "MONGODB_URI names the database; restore it by MongoDB's own tools: docs/guides/backup.md",
      );
    const { manifest, kept } = await restoreBackup(source, DATA_DIR, { force });
    const moved = kept.map((place) => `moved aside: ${place}`);
    const text = [
      `restored into ${DATA_DIR}: ${summaryOf(manifest)}`,
      ...moved,
      "Open calls that may have been dialled since the backup become Unknown: docs/guides/backup.md",
    ].join("\n");
    return { json: { ...manifest, kept }, text };
  },
});

function summaryOf({ backupAt, callLog, documents }: BackupManifest): string {
  return `of ${backupAt}, release ${callLog}, ${documents["callLogs"] ?? 0} call logs`;
}
