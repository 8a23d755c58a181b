# docker build --tag tokenward:0.1.0 .
# Base images are named by tag: docs/ci.md tells how to look up their digests and pin them.

# What is built is the same on every platform; the compiler of Rego comes for this one.
FROM --platform=linux/amd64 node:24.11.1-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=peer
COPY . .
RUN npm run build \
 && npm pack --ignore-scripts \
 && tar xzf tokenward-*.tgz \
 && chmod -R u=rwX,go=rX package \
 && chmod 755 package/dist/cli/main.js

# Only what the package holds; it needs nothing but Node.
FROM node:24.11.1-alpine3.22
COPY --from=build /build/package /opt/tokenward
RUN ln -s /opt/tokenward/dist/cli/main.js /usr/local/bin/tokenward
# Kubernetes takes no name for proof that this is not root.
USER 1000:1000
WORKDIR /data
ENTRYPOINT ["tokenward"]
CMD ["--help"]
