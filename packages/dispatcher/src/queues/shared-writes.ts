import type { Redis } from "ioredis";

/**
 * Let commands of one turn of the event loop leave in one write. ioredis can do that, too, but makes an object for it that gets the name
 * of every script, and lets commands wait for the answers to those before.
 */
export function shareWrites(connection: Redis): Redis {
  const send = connection.sendCommand.bind(connection);
  connection.sendCommand = (command, stream) => {
    holdForTurn(connection.stream);
    return send(command, stream);
  };
  return connection;
}

// There is no stream before the first try to connect.
function holdForTurn(stream: Redis["stream"] | undefined): void {
  if (stream === undefined || stream.writableCorked > 0) return;
  stream.cork();
  setImmediate(() => stream.uncork());
}
