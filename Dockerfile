# One image for all commands: docker run call-log [start | api | worker | any command of the command line].
# The package `call-log` is built from the workspaces, so that its dependencies are exactly those of the lock file.
FROM node:24.21.0-slim AS base
WORKDIR /app

# What decides about node_modules. While it is the same, the layers of `npm ci` come from the cache.
FROM base AS manifests
COPY . .
RUN find . -depth \( -type f ! -name package.json ! -name package-lock.json ! -name .npmrc -o -type d -empty \) -delete

FROM base AS build
ENV TURBO_TELEMETRY_DISABLED=1 DO_NOT_TRACK=1
COPY --from=manifests /app ./
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --prefer-offline
COPY . .
# The commit that is built, for GET /version; nothing is shown without it.
ARG SOURCE_COMMIT=
RUN --mount=type=cache,target=/app/.turbo npm run build -- --filter=call-log --output-logs=errors-only \
  && find apps/call-log/dist -name '*.map' -delete \
  && chmod +x apps/call-log/dist/main.js

# No install scripts: native parts come as prebuilt packages. No TypeScript, tRPC's peer, whose program npm leaves behind.
FROM base AS production
COPY --from=manifests /app ./
RUN --mount=type=cache,target=/root/.npm \
  npm ci --ignore-scripts --prefer-offline --omit=dev --omit=peer --workspace=call-log \
  && rm -rf node_modules/@typescript \
  && find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete

FROM base
ARG VERSION=0.1.0
ARG SOURCE_COMMIT=
LABEL org.opencontainers.image.title="call-log" \
  org.opencontainers.image.description="Places outbound phone calls for other software and keeps the record" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${SOURCE_COMMIT}" \
  org.opencontainers.image.source="https://github.com/call-log/call-log" \
  org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data
RUN install --directory --owner=node --group=node /data \
  && ln -s /app/apps/call-log/dist/main.js /usr/local/bin/call-log
COPY --from=production /app/node_modules ./node_modules
COPY --from=production /app/apps/call-log ./apps/call-log
COPY --from=build /app/apps/call-log/dist ./apps/call-log/dist
COPY deploy/image/healthcheck.mjs ./
# As a number, by which Kubernetes knows that it is not root.
USER 1000:1000
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --start-interval=1s --retries=3 \
  CMD ["node", "/app/healthcheck.mjs"]
ENTRYPOINT ["call-log"]
CMD ["start"]
