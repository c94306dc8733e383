import { expect, test } from "vitest";

import { chooseEngine, type EngineFacts } from "./choose-engine.ts";

const facts = (given: Partial<EngineFacts>): EngineFacts => ({
  dataDir: "/data",
  wanted: undefined,
  held: undefined,
  mongod: undefined,
  ...given,
});
const MONGOD = "/usr/bin/mongod";
const onMongod = { engine: "mongod", binary: MONGOD };
const note = expect.stringContaining("not used") as string;

test.each<[string, Partial<EngineFacts>, object]>([
  ["a new installation without a mongod", {}, { engine: "embedded" }],
  ["a new installation with a mongod", { mongod: MONGOD }, onMongod],
  ["a new one that asks for it", { mongod: MONGOD, wanted: "mongod" }, onMongod],
  ["a new one that does not", { mongod: MONGOD, wanted: "embedded" }, { engine: "embedded" }],
  ["one of a mongod", { mongod: MONGOD, held: "mongod" }, onMongod],
  ["an embedded one", { held: "embedded" }, { engine: "embedded" }],
  [
    "an embedded one beside a mongod",
    { mongod: MONGOD, held: "embedded" },
    { engine: "embedded", note },
  ],
])("%s", (_, given, choice) => {
  expect(chooseEngine(facts(given))).toEqual(choice);
});

test.each<[Partial<EngineFacts>, string]>([
  [{ wanted: "mongod" }, "DATABASE_ENGINE=mongod, but PATH has no mongod"],
  [{ held: "mongod" }, "/data holds the data of a mongod, but PATH has no mongod"],
  [
    { mongod: MONGOD, held: "embedded", wanted: "mongod" },
    "DATABASE_ENGINE=mongod, but /data holds the data of the embedded MongoDB",
  ],
  [
    { mongod: MONGOD, held: "mongod", wanted: "embedded" },
    "DATABASE_ENGINE=embedded, but /data holds the data of a mongod",
  ],
])("%j is refused", (given, message) => {
  expect(() => chooseEngine(facts(given))).toThrow(message);
});
