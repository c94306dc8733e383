import { constants } from "node:fs";
import { access } from "node:fs/promises";
import path from "node:path";

import { pathVariable } from "./config.ts";

/** Path of a program, or undefined when PATH has none of that name. */
export async function findProgram(
  name: string,
  searchPath = pathVariable(),
): Promise<string | undefined> {
  for (const folder of searchPath.split(path.delimiter).filter(Boolean)) {
    const candidate = path.join(folder, name);
    const found = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return candidate;
  }
  return undefined;
}
