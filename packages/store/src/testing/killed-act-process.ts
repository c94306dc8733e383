import { collectionsOf } from "../collections-for-tests.ts";
import { connectStore } from "../connect-store.ts";

// Pauses a project, and is killed when the act is written and its line is about to be filed.
const [uri = "", databaseName = "", projectId = ""] = process.argv.slice(2);
const store = await connectStore({ uri, databaseName });
Object.assign(collectionsOf(store).auditLog, {
  insertMany: () => {
    process.kill(process.pid, "SIGKILL");
    return new Promise(() => undefined);
  },
});
await store.projects.pause(projectId, "Drill", { actor: { kind: "command-line", id: "root" } });
