import { startLeashed } from "../leashed-process.ts";
import { NAPPING } from "./napping-program.ts";

// A process that runs a leashed program in the folder it is given, and ends as it is asked to on standard input.
startLeashed("/bin/sh", { ...NAPPING, cwd: process.argv[2]! });
process.stdin.on("data", (asked) => {
  if (String(asked) === "throw") throw new Error("as asked");
  process.exit();
});
