import { appendFileSync } from "node:fs";
import path from "node:path";

/** Where every log of a run of tests goes, in a file for each process; undefined where nobody looks at them. */
const folder = process.env["SUITE_LOG_DIR"];

/** Keep what was logged; the end of the run fails when there is personal data in it. */
export const suiteLines = {
  write(text: string): void {
    if (folder !== undefined) appendFileSync(path.join(folder, `${process.pid}.log`), text);
  },
};

const line = (fields: object, text: string): void =>
  suiteLines.write(`${JSON.stringify({ ...fields, msg: text })}\n`);

/** A log for tests that say nothing on the terminal: its lines are kept for the end of the run. */
export const suiteLog = { info: line, warn: line, error: line };

/** Keep the log of a process out of what it wrote; the rest of that is for people. */
export function keepProcessLog(output: string): void {
  const lines = output.split("\n").filter((one) => one.startsWith('{"level":'));
  if (lines.length > 0) suiteLines.write(`${lines.join("\n")}\n`);
}
