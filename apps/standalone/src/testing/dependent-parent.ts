import { startDependent } from "../dependent-process.ts";
import { SLEEPING } from "./sleeping-program.ts";

// A process that runs a dependent program in the folder it is given, and ends as it is asked to on standard input.
startDependent("/bin/sh", { ...SLEEPING, cwd: process.argv[2]! });
process.stdin.on("data", (asked) => {
  if (String(asked) === "throw") throw new Error("as asked");
  process.exit();
});
