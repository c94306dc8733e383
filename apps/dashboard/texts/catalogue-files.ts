import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { OFFERED_LANGUAGES } from "../src/language/languages.ts";
import { SOURCES } from "./syntax.ts";
import type { CodeText } from "./texts-of-code.ts";

/** Translations by the key of their text. */
type Texts = Readonly<Record<string, string>>;

/** The languages that have a catalogue; English is in the code. */
export const TRANSLATED = OFFERED_LANGUAGES.filter((language) => language !== "en");

/** Folder of a language's catalogue. */
export const catalogueFolder = (language: string) => path.join(SOURCES, "language", language);

/** Name of the catalogue file with the texts of a source: its folder, `app` for sources in no folder. */
export function catalogueName(source: string): string {
  const folder = path.posix.dirname(source);
  const [first = "", second] = folder.split("/");
  if (folder === ".") return "app.json";
  return first === "screens" && second !== undefined ? `screens/${second}.json` : `${first}.json`;
}

/** The keys that the code has, sorted, by the name of their catalogue file. */
export function keysByFile(texts: readonly CodeText[]): Map<string, string[]> {
  const keys = new Map<string, Set<string>>();
  for (const { file, key } of texts) {
    const name = catalogueName(file);
    keys.set(name, (keys.get(name) ?? new Set()).add(key));
  }
  return new Map([...keys].map(([name, set]) => [name, [...set].toSorted()]));
}

/** All files of a language's catalogue, by name. */
export function readCatalogue(language: string): Map<string, Texts> {
  const folder = catalogueFolder(language);
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return new Map(
    names
      .filter((name) => name.endsWith(".json"))
      .map((name) => [
        name.replaceAll("\\", "/"),
        JSON.parse(readFileSync(path.join(folder, name), "utf8")) as Texts,
      ]),
  );
}
