// express-restify-mongoose over the call logs. Arguments: address of the database, port.
import express from "express";
import { serve } from "express-restify-mongoose";
import mongoose from "mongoose";

const [uri, port] = process.argv.slice(2);
await mongoose.connect(uri, { autoIndex: false, autoCreate: false });
// Every property is given out; those that are asked for have their types.
const schema = new mongoose.Schema(
  { _id: String, projectId: String, status: String, createdAt: Date },
  { strict: false, versionKey: false, collection: "callLogs" },
);
const Call = mongoose.model("Call", schema);
const server = express();
server.use(express.json());
const router = express.Router();
serve(router, Call, { name: "calls", totalCountHeader: true });
server.use(router);
server.listen(Number(port), "127.0.0.1");
