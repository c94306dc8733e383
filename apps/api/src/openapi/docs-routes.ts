import swagger, { type StaticDocumentSpec } from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyPluginAsync } from "fastify";

import { openApiDocument } from "./openapi-document.ts";
import { pageDocument } from "./page-document.ts";

// Everything comes from this server; no other one is asked for scripts, styles or a validation of the document.
const CONTENT_SECURITY_POLICY = {
  "default-src": ["'self'"],
  "style-src": ["'self'", "'unsafe-inline'"],
  "img-src": ["'self'", "data:"],
  "base-uri": ["'self'"],
  "frame-ancestors": ["'none'"],
  "object-src": ["'none'"],
};

const STYLE = `
.swagger-ui .topbar { display: none }
.swagger-ui :is(.markdown, .renderedMarkdown) code { color: inherit; font-weight: normal; font-size: 12px; word-break: break-word }
.swagger-ui :is(.markdown, .renderedMarkdown) summary { cursor: pointer; font-weight: bold; margin: 8px 0 }
.swagger-ui :is(.markdown, .renderedMarkdown) table { margin-bottom: 16px }
.swagger-ui :is(.markdown, .renderedMarkdown) :is(th, td) { padding: 4px 16px 4px 0; text-align: left; vertical-align: top }
`;

/** `/openapi.json`, and `/docs`: the same as a page that can try requests. Neither needs a key. */
export function docsRoutes(): FastifyPluginAsync {
  return async (server) => {
    const document = openApiDocument();
    server.get("/openapi.json", async () => document);
    await server.register(swagger, {
      mode: "static",
      specification: {
        document: pageDocument(document) as unknown as StaticDocumentSpec["document"],
      },
    });
    await server.register(swaggerUi, {
      routePrefix: "/docs",
      staticCSP: CONTENT_SECURITY_POLICY,
      theme: {
        title: "call-log API",
        css: [{ filename: "call-log.css", content: STYLE }],
      },
      uiConfig: {
        validatorUrl: null,
        deepLinking: true,
        docExpansion: "list",
        displayRequestDuration: true,
        defaultModelsExpandDepth: -1,
        tryItOutEnabled: true,
      },
    });
  };
}
