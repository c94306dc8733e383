import { rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { STANDALONE_FILE, type StandaloneAddress } from "@call-log/model";

/** Leave word of where this process can be reached, for the command line; readable by its owner only. */
export async function writeStandaloneFile(
  dataDir: string,
  address: StandaloneAddress,
): Promise<string> {
  const file = path.join(dataDir, STANDALONE_FILE);
  await rm(file, { force: true });
  await writeFile(file, `${JSON.stringify(address, null, 2)}\n`, { mode: 0o600 });
  return file;
}
