import type { Block } from "../markdown.ts";

/** A program of a page, as a file: how it is named and run. */
const PROGRAMS: Readonly<Record<string, { extension: string; run: string }>> = {
  ts: { extension: "mts", run: "node" },
  python: { extension: "py", run: "python3" },
};

/** What a page's blocks are as one shell script, and the programs that it runs, by file name. */
export interface PageScript {
  script: string;
  files: Readonly<Record<string, string>>;
}

/**
 * One script of everything that a page has a reader do, in its order: shell blocks without a note as they stand, those of the note
 * `background` in the background, programs that are followed by their output as files in `folder`.
 */
export function pageScript(blocks: readonly Block[], folder: string): PageScript {
  const files: Record<string, string> = {};
  const parts = blocks.map(({ language, note, content }, index) => {
    if (language === "sh" && note === "") return content;
    // Until it says that it listens, as the reader would wait.
    if (language === "sh" && note === "background")
      return inBackground(content, `${folder}/background-${index}`);
    const program = PROGRAMS[language];
    if (program === undefined || !isOutput(blocks[index + 1])) return "";
    const name = `program-${index}.${program.extension}`;
    files[name] = content;
    return `${program.run} ${folder}/${name}\n`;
  });
  return { script: parts.join(""), files };
}

/** Lines that a page shows as output, in their order, `…` standing for anything. */
export function shownOutput(blocks: readonly Block[]): RegExp[] {
  const lines = blocks.filter(isOutput).flatMap(({ content }) => content.trimEnd().split("\n"));
  return lines.map((line) => new RegExp(line.split("…").map(escaped).join(".*")));
}

/** The shown lines that a page's output does not have in their order. */
export function missingOutput(shown: readonly RegExp[], output: string): string[] {
  const lines = output.split("\n");
  let from = 0;
  return shown.flatMap((line) => {
    const found = lines.findIndex((one, index) => index >= from && line.test(one));
    if (found < 0) return [line.source];
    from = found + 1;
    return [];
  });
}

function inBackground(command: string, log: string): string {
  return `(exec ${command.trim()}) >${log} 2>&1 &\ntrap 'kill $(jobs -p)' EXIT\nuntil grep -q listening ${log}; do kill -0 $! || { cat ${log}; exit 1; }; sleep 0.1; done\ncat ${log}\n`;
}

function isOutput(block: Block | undefined): boolean {
  return block?.language === "text" && block.note === "output";
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
