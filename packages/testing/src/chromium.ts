import { existsSync } from "node:fs";

/** Debian's; its headless shell does the same in three quarters of the time. */
const PROGRAMS = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

/** The Chromium that tests drive: the one that `CHROMIUM` names, else Debian's; undefined where there is none. */
export function chromiumProgram(): string | undefined {
  const { CHROMIUM } = process.env;
  return (CHROMIUM === undefined ? PROGRAMS : [CHROMIUM]).find((program) => existsSync(program));
}
