import { API_VERSION, RELEASE_VERSION, SOURCE_COMMIT } from "@call-log/model";
import type { FastifyPluginAsync } from "fastify";

/** What `GET /version` answers. */
export interface VersionAnswer {
  /** Release of the server. */
  version: string;
  apiVersion: number;
  /** The commit that it was built from, where the build knew it. */
  commit?: string | undefined;
}

/** `GET /version`: the release that runs here, for anybody. */
export function versionRoutes(commit = SOURCE_COMMIT): FastifyPluginAsync {
  const answer: VersionAnswer = {
    version: RELEASE_VERSION,
    apiVersion: API_VERSION,
    ...(commit !== undefined && { commit }),
  };
  return async (server) => {
    server.get("/version", async () => answer);
  };
}
