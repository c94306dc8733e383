// Run by mongosh at each start of docker compose: makes the replica set of one and the user of call-log, unless they are there.
// The user may read and write its one database. A changed password takes effect at the next start.
const { MONGO_ROOT_PASSWORD, MONGO_PASSWORD } = process.env;
const admin = connect(
  `mongodb://root:${encodeURIComponent(MONGO_ROOT_PASSWORD)}@mongo:27017/admin?directConnection=true&serverSelectionTimeoutMS=60000`,
);

try {
  admin.runCommand({ replSetGetStatus: 1 });
} catch (error) {
  if (error.codeName !== "NotYetInitialized") throw error;
  admin.runCommand({
    replSetInitiate: { _id: "rs0", members: [{ _id: 0, host: "mongo:27017" }] },
  });
}

const deadline = Date.now() + 60_000;
while (!admin.runCommand({ hello: 1 }).isWritablePrimary) {
  if (Date.now() > deadline) throw new Error("the replica set has no primary after a minute");
  sleep(200);
}

const database = admin.getSiblingDB("call-log");
const { users } = database.runCommand({ usersInfo: "call-log" });
database.runCommand({
  [users.length === 0 ? "createUser" : "updateUser"]: "call-log",
  pwd: MONGO_PASSWORD,
  roles: [{ role: "readWrite", db: "call-log" }],
});
