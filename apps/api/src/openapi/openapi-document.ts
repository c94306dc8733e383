import { RELEASE_VERSION } from "@call-log/model";

import { REST_ROUTES } from "../rest/rest-route-table.ts";
import { operationsOf, pathOf, REST_TAGS, TAGS } from "./operation.ts";
import { refusalComponents } from "./refusal.ts";
import { createSchemaBook, type JsonObject } from "./schema-book.ts";

const DESCRIPTION = `Places outbound phone calls and keeps the record of them. Compatible with OneUptime's Call Log API.

Send your API key in the header \`ApiKey\`; it fixes the project. To try requests here, press **Authorize** and give it.

Every refusal has the same body: \`error\` says what was wrong, where, and what is allowed there. A call log can't be changed or deleted by anybody.`;

/** The OpenAPI 3.1 document, out of the route table and the schemas that check requests. */
export function openApiDocument(): JsonObject {
  const book = createSchemaBook();
  const paths: Record<string, JsonObject> = {};
  for (const route of REST_ROUTES)
    paths[pathOf(route)] = { ...paths[pathOf(route)], ...operationsOf(route, book) };
  const responses = refusalComponents(book);
  const tags = new Set(REST_ROUTES.map(({ operation }) => TAGS[operation]));
  return {
    openapi: "3.1.0",
    info: {
      title: "call-log",
      version: RELEASE_VERSION,
      description: DESCRIPTION,
      contact: { name: "The operators of this installation" },
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/", description: "This server" }],
    security: [{ ApiKey: [] }],
    tags: REST_TAGS.filter(({ name }) => tags.has(name)),
    paths,
    components: {
      securitySchemes: {
        ApiKey: {
          type: "apiKey",
          in: "header",
          name: "ApiKey",
          description: "An API key of the project",
        },
      },
      responses,
      schemas: book.components(),
    },
  };
}
