import { readFile, writeFile } from "node:fs/promises";

const HEADING =
  "# Results\n\nWritten by `npm run bench`, a section by each of its suites. How it is measured: [README.md](README.md).\n";

/** Put the section of a suite into the file in place of its last one; sections of other suites stay. */
export async function writeSection(file: string, name: string, text: string): Promise<void> {
  await writeFile(file, withSection(await textOf(file), name, text));
}

// A file that exists and can't be read is not overwritten: the other sections would be lost.
async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return HEADING;
    throw error;
  }
}

/** A page with the section of this name replaced, or added at its end. */
export function withSection(page: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const section = `${begin}\n\n${text.trim()}\n\n${end}`;
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) return `${page.trimEnd()}\n\n${section}\n`;
  return page.slice(0, from) + section + page.slice(to + end.length);
}
