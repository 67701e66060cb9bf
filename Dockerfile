# One image for gateway, workers and migrations: the command says which (docker-compose.yml).
FROM node:24-bookworm-slim

WORKDIR /app
# The image brings Node 24 itself: no install script is needed.
COPY package.json package-lock.json ./
RUN npm install --omit=dev --ignore-scripts --no-audit --no-fund \
  && npm cache clean --force

COPY bin ./bin
COPY src ./src
COPY activities ./activities
COPY workflows ./workflows

ENV NODE_ENV=production TZ=UTC
RUN mkdir -p /data /cache && chown node:node /data /cache
USER node
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["node", "bin/steward.js"]
CMD ["gateway"]
