/** Transactions that are being written, of all storages of this process. */
let underWay = 0;
let isWatching = false;

/**
 * Runs a transaction. A process that exits during it is killed: Node would wait for LMDB's writer, and the writer for a
 * callback that an exiting process no longer runs. To the file, it is one more crash.
 */
export async function whileWriting(transaction: () => Promise<unknown>): Promise<void> {
  if (!isWatching) process.once("exit", killIfWriting);
  isWatching = true;
  underWay += 1;
  try {
    await transaction();
  } finally {
    underWay -= 1;
  }
}

function killIfWriting(): void {
  if (underWay > 0) process.kill(process.pid, "SIGKILL");
}
