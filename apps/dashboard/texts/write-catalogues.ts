import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { catalogueFolder, keysByFile, readCatalogue, TRANSLATED } from "./catalogue-files.ts";
import { sourceFiles } from "./syntax.ts";
import { textsOfCode } from "./texts-of-code.ts";

// Writes the catalogue of every language again from the code: sorted, new texts with an empty translation, or with that of
// the same text in another file; texts that the code has no more are dropped.

const keys = keysByFile(sourceFiles().flatMap(textsOfCode));
for (const language of TRANSLATED) {
  const known = readCatalogue(language);
  const anywhere: Record<string, string> = Object.assign({}, ...known.values());
  for (const name of known.keys())
    if (!keys.has(name)) rmSync(path.join(catalogueFolder(language), name));
  let missing = 0;
  for (const [name, wanted] of keys) {
    const file = path.join(catalogueFolder(language), name);
    const texts = wanted.map(
      (key) => [key, known.get(name)?.[key] || anywhere[key] || ""] as const,
    );
    missing += texts.filter(([, text]) => text === "").length;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(Object.fromEntries(texts), undefined, 2)}\n`);
  }
  process.stdout.write(`${language}: ${missing} texts to translate\n`);
}
