# syntax=docker/dockerfile:1
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json prisma.config.ts ./
COPY sdk/package.json sdk/
COPY prisma prisma
COPY tools tools
# Install scripts fetch what only tests and the CLI use; the client needs no more than `prisma generate`.
RUN npm ci --ignore-scripts --no-audit --no-fund && npx prisma generate
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY src src
COPY sdk sdk
COPY console console
RUN npm run --silent build

# The emulators of the vendors, for `docker compose --profile sandbox`; no part of the product's image.
FROM build AS sandbox
COPY sandbox sandbox
USER node
EXPOSE 4010 4020 4025 4030 4040
CMD ["node", "--import", "tsx", "sandbox/emulators.ts"]

FROM build AS production
# @prisma/client names the CLI as an optional peer, so leaving out development dependencies alone would keep it.
RUN npm pkg delete devDependencies workspaces && npm prune --omit=dev --omit=peer --ignore-scripts --no-audit --no-fund

FROM node:20-bookworm-slim
# The allocator gives back what is free, and has two places to look for it instead of eight for each core. V8 has one thread to collect
# and compile in beside the program's own, instead of four that wait for each other where there are fewer cores.
ENV NODE_ENV=production MALLOC_ARENA_MAX=2 MALLOC_TRIM_THRESHOLD_=131072 NODE_OPTIONS=--v8-pool-size=1
WORKDIR /app
COPY package.json ./
COPY --from=production /app/node_modules node_modules
COPY --from=production /app/dist dist
COPY --from=production /app/console/dist console/dist
COPY prisma/migrations prisma/migrations
USER node
EXPOSE 3000 3001
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT ?? 3000}/health/live`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# The API. The worker is `node dist/packed/worker.js`, the migrations are `node dist/migrate.js`.
CMD ["node", "dist/packed/api.js"]
