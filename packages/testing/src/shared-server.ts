/** A server that is started by its first user and closed by its last one. */
export interface SharedServer<S> {
  acquire: () => Promise<S>;
  release: () => Promise<void>;
}

/** Share one server of this process between all who need it at a time. */
export function shareServer<S extends { close(): Promise<void> }>(
  start: () => Promise<S>,
): SharedServer<S> {
  let server: Promise<S> | undefined;
  let users = 0;
  return {
    acquire() {
      users += 1;
      server ??= start();
      return server;
    },
    async release() {
      users -= 1;
      if (users > 0) return;
      const last = server;
      server = undefined;
      await (await last)?.close();
    },
  };
}
