# One image for every process; docker-compose.yml says which one a container runs. Where you build it, pin both stages by
# digest (FROM node:24-bookworm-slim@sha256:…): the tag moves with each release of Node and Debian.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY .npmrc package.json package-lock.json ./
RUN npm ci
COPY . .
# Optional is what comes in by peers of Prisma's client alone: its CLI, with Studio, React and drivers for MySQL; and argon2's own
# code, of which each platform has another, and which accounts does not start without.
RUN node scripts/setup.mjs --for service && cp -r node_modules/@node-rs /tmp \
  && npm prune --omit=dev --omit=optional && cp -r /tmp/@node-rs node_modules

FROM node:24-bookworm-slim
ENV NODE_ENV=production DATA_DIR=/data
# What keeps a process small: see launcher/thrift.ts.
ENV NODE_OPTIONS="--max-semi-space-size=8 --expose-gc" MALLOC_ARENA_MAX=2 MALLOC_TRIM_THRESHOLD_=131072
WORKDIR /app
RUN mkdir -m 700 /data /logs && chown node:node /data /logs
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/prisma prisma
COPY --from=build /app/dist dist
COPY --from=build /app/shared/web/public shared/web/public
COPY --from=build /app/services/order/public services/order/public
COPY --from=build /app/services/accounts/public services/accounts/public
COPY --from=build /app/services/sale/public services/sale/public
COPY --from=build /app/services/notification/public services/notification/public
COPY --from=build /app/services/logs/public services/logs/public
COPY --from=build /app/services/control/public services/control/public
USER node
VOLUME /data
CMD ["node", "dist/services/order/main.js"]
