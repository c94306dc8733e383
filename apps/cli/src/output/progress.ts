import { SingleBar } from "cli-progress";

import type { CommandContext } from "../command.ts";

/** A bar that shows how far something has come; nothing where nobody watches. */
export interface Progress {
  update(done: number, rows: number): void;
  stop(): void;
}

const QUIET: Progress = { update: () => {}, stop: () => {} };

/** A progress bar on standard error; without a total it only counts rows. */
export function startProgress(
  total: number | undefined,
  { terminal, json }: CommandContext,
): Progress {
  if (json || terminal.stderr.isTTY !== true) return QUIET;
  const format =
    total === undefined
      ? "{rows} rows"
      : "[{bar}] {percentage}% · {rows} rows · {eta_formatted} left";
  const bar = new SingleBar({
    stream: terminal.stderr,
    format,
    fps: 10,
    clearOnComplete: true,
    hideCursor: null,
  });
  bar.start(total ?? 0, 0, { rows: 0 });
  return {
    update: (done, rows) => bar.update(done, { rows }),
    stop: () => bar.stop(),
  };
}
