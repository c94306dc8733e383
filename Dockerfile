FROM node:22-slim AS build
WORKDIR /app
ENV TURBO_TELEMETRY_DISABLED=1 DO_NOT_TRACK=1
COPY . .
RUN npm install --no-save && npm run build && npm prune --omit=dev && rm -rf packages/*/src apps/*/src

FROM node:22-slim
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data
WORKDIR /app
RUN install --directory --owner=node --group=node /data
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/packages ./packages
COPY --from=build /app/apps ./apps
USER node
VOLUME /data
EXPOSE 3000
# The command is the app: api, worker, standalone, or cli with its arguments.
ENTRYPOINT ["sh", "-c", "exec node \"apps/$0/dist/main.js\" \"$@\""]
CMD ["standalone"]
