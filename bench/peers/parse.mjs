// parse-server over its own copy of the call logs. Arguments: address of the database, port, the class's name.
import express from "express";
import { MongoClient } from "mongodb";
import { ParseServer } from "parse-server";

const [databaseURI, port, className] = process.argv.slice(2);
const fields = {
  projectId: "String",
  status: "String",
  statusMessage: "String",
  toNumber: "String",
  fromNumber: "String",
  answeredBy: "String",
  callCostInUSDCents: "Number",
  tags: "Array",
  attempts: "Array",
};
const parse = new ParseServer({
  databaseURI,
  appId: "bench",
  masterKey: "bench",
  serverURL: `http://127.0.0.1:${port}/parse`,
  silent: true,
  logsFolder: null,
  logLevel: "error",
  // There are no users; and not every database has what their indexes need.
  databaseOptions: Object.fromEntries(
    [
      "Email",
      "Username",
      "UsernameCaseInsensitive",
      "EmailCaseInsensitive",
      "EmailVerifyToken",
    ].map((index) => [`createIndexUser${index}`, false]),
  ),
  schema: {
    definitions: [
      {
        className,
        fields: Object.fromEntries(Object.entries(fields).map(([name, type]) => [name, { type }])),
        classLevelPermissions: { find: { "*": true }, get: { "*": true }, count: { "*": true } },
      },
    ],
    strict: false,
    deleteExtraFields: false,
    recreateModifiedFields: false,
    lockSchemas: false,
  },
});
await parse.start();

// When it starts, Parse drops the indexes that its schema does not name, and a schema can't name those by a class's own times.
const newestFirst = { _created_at: -1, _id: -1 };
const client = await MongoClient.connect(databaseURI);
await client
  .db()
  .collection(className)
  .createIndexes([
    { key: { projectId: 1, ...newestFirst } },
    { key: { projectId: 1, status: 1, ...newestFirst } },
  ]);
await client.close();

const server = express();
server.use("/parse", parse.app);
server.listen(Number(port), "127.0.0.1");
