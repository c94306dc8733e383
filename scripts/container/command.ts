import { spawnSync } from "node:child_process";

/** Run a program to its end, its output on standard error; throws if it fails. */
export function run(program: string, ...args: string[]): void {
  const { status, error } = spawnSync(program, args, { stdio: ["ignore", 2, 2] });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: exit code ${status}`);
}

/** What a program prints; throws if it fails. */
export function output(program: string, ...args: string[]): string {
  const { status, error, stdout } = spawnSync(program, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: exit code ${status}`);
  return stdout;
}
