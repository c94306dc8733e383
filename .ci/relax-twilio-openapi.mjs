// Twilio's API description, taken literally, refuses Twilio's own traffic. Exactly these are relaxed: repeated `StatusCallbackEvent`, relative page links,
// date filters by day, and `nullable` without `type`. Usage: node relax-twilio-openapi.mjs DESCRIPTION > RELAXED
import { readFileSync } from "node:fs";

const description = JSON.parse(readFileSync(process.argv[2], "utf8"));

function relax(node, key) {
  if (node === null || typeof node !== "object") return;
  if (node.nullable === true && node.type === undefined) delete node.nullable;
  if (/^uri$|_page_uri$/.test(key)) delete node.format;
  if (/^(Start|End)Time[<>]?$/.test(node.name ?? "")) delete node.schema.format;
  if (key === "StatusCallbackEvent") for (const name of Object.keys(node)) delete node[name];
  for (const [name, child] of Object.entries(node)) relax(child, name);
}

relax(description, "");
// The description is of calls alone; credentials are checked on the account itself.
description.paths["/2010-04-01/Accounts/{Sid}.json"] = {
  get: {
    parameters: [{ name: "Sid", in: "path", required: true, schema: { type: "string" } }],
    responses: { 200: { description: "The account" } },
  },
};
// Nor has it the numbers of an account; what is asked of them follows the pages of both resources.
const listOf = (name, properties) => ({
  get: {
    parameters: [
      { name: "Sid", in: "path", required: true, schema: { type: "string" } },
      { name: "PhoneNumber", in: "query", schema: { type: "string", pattern: "^\\+[1-9]\\d+$" } },
      { name: "PageSize", in: "query", schema: { type: "integer", minimum: 1, maximum: 1000 } },
    ],
    responses: {
      200: {
        description: "A page of numbers",
        content: {
          "application/json": {
            schema: {
              type: "object",
              required: [name, "page", "page_size"],
              properties: {
                [name]: {
                  type: "array",
                  items: {
                    type: "object",
                    required: ["sid", "phone_number", ...Object.keys(properties)],
                    properties: {
                      sid: { type: "string", pattern: "^PN[0-9a-fA-F]{32}$" },
                      phone_number: { type: "string" },
                      ...properties,
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
});
const voice = { type: "object", required: ["voice"], properties: { voice: { type: "boolean" } } };
Object.assign(description.paths, {
  "/2010-04-01/Accounts/{Sid}/IncomingPhoneNumbers.json": listOf("incoming_phone_numbers", {
    capabilities: voice,
  }),
  "/2010-04-01/Accounts/{Sid}/OutgoingCallerIds.json": listOf("outgoing_caller_ids", {}),
});
process.stdout.write(JSON.stringify(description));
