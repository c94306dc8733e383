import closeWithGrace from "close-with-grace";

import { explainFailure } from "./explain-failure.ts";

/** Milliseconds that an orderly stop may take. */
const CLOSE_WITHIN_MS = 20_000;

/** A process that has started. */
export interface RunningProcess {
  /** What to print on standard output. */
  welcome: string;
  close(): Promise<void>;
}

/** Start a process, say why in a line when it can't (exit code 1), and stop it in order on a signal. */
export async function runProcess(start: () => Promise<RunningProcess>): Promise<void> {
  try {
    const running = await start();
    process.stdout.write(running.welcome);
    closeWithGrace({ delay: CLOSE_WITHIN_MS, logger: false }, async ({ err, signal }) => {
      if (err) say(err.stack ?? err.message);
      say(signal === undefined ? "stopping …" : `stopping on ${signal} …`);
      await running.close();
      say("stopped");
    });
  } catch (error) {
    say(explainFailure(error));
    process.exitCode = 1;
    process.exit();
  }
}

function say(text: string): void {
  for (const line of text.split("\n")) process.stderr.write(`call-log: ${line}\n`);
}
