// Writes the environment files of the deployments out of docs/reference/settings.md: `npm run environment`.
import { writeFileSync } from "node:fs";
import path from "node:path";

import { ENVIRONMENT_FILES, environmentFile } from "./deploy/environment-files.ts";

const root = path.join(import.meta.dirname, "..");
for (const [name, file] of Object.entries(ENVIRONMENT_FILES))
  writeFileSync(path.join(root, name), environmentFile(file, root));
