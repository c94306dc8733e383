import swagger, { type StaticDocumentSpec } from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyPluginAsync } from "fastify";

import { openApiDocument } from "./openapi/openapi-document.ts";

// Everything comes from this server; no other one is asked for scripts, styles or a validation of the document.
const CONTENT_SECURITY_POLICY = {
  "default-src": ["'self'"],
  "style-src": ["'self'", "'unsafe-inline'"],
  "img-src": ["'self'", "data:"],
  "base-uri": ["'self'"],
  "frame-ancestors": ["'self'"],
  "object-src": ["'none'"],
};

const STYLE = `
.swagger-ui .topbar { display: none }
.swagger-ui .markdown table td, .swagger-ui .markdown table th { padding: 4px 12px 4px 0; text-align: left; vertical-align: top }
.swagger-ui .markdown table td:last-child { font-size: 12px; word-break: break-word }
`;

/** `/openapi.json`, and `/docs`: the same as a page that can try requests. Neither needs a key. */
export function docsRoutes(): FastifyPluginAsync {
  return async (server) => {
    const document = openApiDocument();
    server.get("/openapi.json", async () => document);
    await server.register(swagger, {
      mode: "static",
      specification: { document: document as unknown as StaticDocumentSpec["document"] },
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
