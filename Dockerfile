# The application alone; PostgreSQL runs beside it (docker-compose.yml). Built from this folder, no secrets inside.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080
# As in `npm start`: small young generation and few arenas keep the server below 250 MB.
ENV MALLOC_ARENA_MAX=2 NODE_OPTIONS="--max-semi-space-size=8 --max-old-space-size=384"
WORKDIR /app
COPY --from=build /app /app
# A named volume takes over the owner of the folder it is mounted on; without this it would be root's.
RUN install -d -o node -g node -m 700 /keyring /audit /witness
USER node
EXPOSE 8080
CMD ["node", "server/main.ts"]
