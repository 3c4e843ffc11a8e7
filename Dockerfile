# Targets: `bridge` (the last, so the default) is what runs beside a store; `sample-store` fills an empty database with
# a store to try the bridge on.
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS all-packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev --loglevel=error

FROM all-packages AS build
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run build

FROM ${NODE_IMAGE} AS production-packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --loglevel=error

FROM all-packages AS sample-store
COPY tsconfig.json ./
COPY fixtures ./fixtures
COPY src ./src
COPY test ./test
COPY demo ./demo
USER 1000:1000
CMD ["node", "--import", "tsx", "demo/load-sample-store.ts"]

FROM ${NODE_IMAGE} AS bridge
WORKDIR /app
# HOST: inside a container loopback is reached by nobody. OPS_HOST stays on loopback, where the health check below
# reaches it: it asks for no password. Set it to 0.0.0.0 where an orchestrator probes from outside.
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=8080
COPY package.json LICENSE ./
COPY --from=production-packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# By number, so that a base image without the user `node` will do.
USER 1000:1000
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.OPS_PORT || 8081}/livez`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Without a shell in between: the bridge itself gets the SIGTERM of `docker stop` and finishes what is in flight.
CMD ["node", "dist/main.js", "serve"]
